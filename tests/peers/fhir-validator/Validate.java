import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Validate.java R4|R5 FOLDER: holds each .json file of a folder against the definitions of a FHIR version, with HL7's
 * engine. The files know each other, so that a ValueSet may include another. Prints a line for each message: file,
 * severity, place and text, separated by tabs; and a line "file, checked" for each file, so that none is forgotten.
 */
public class Validate {
  public static void main(String[] args) throws Exception {
    FhirContext context = FhirContext.forCached(FhirVersionEnum.valueOf(args[0]));
    Map<String, String> texts = read(Path.of(args[1]));

    PrePopulatedValidationSupport neighbors = new PrePopulatedValidationSupport(context);
    for (String text : texts.values()) add(context, text, neighbors);
    FhirInstanceValidator engine = new FhirInstanceValidator(new ValidationSupportChain(
        new DefaultProfileValidationSupport(context), neighbors, new InMemoryTerminologyServerValidationSupport(context),
        new CommonCodeSystemsTerminologyService(context)));
    engine.setAnyExtensionsAllowed(false);
    var validator = context.newValidator().registerValidatorModule(engine);

    for (Map.Entry<String, String> file : texts.entrySet()) {
      ValidationResult result = validator.validateWithResult(file.getValue());
      for (SingleValidationMessage message : result.getMessages()) {
        say(file.getKey(), message.getSeverity().getCode(), message.getLocationString(), message.getMessage());
      }
      say(file.getKey(), "checked", "", "");
    }
  }

  private static Map<String, String> read(Path folder) throws Exception {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(".json"))::iterator) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return texts;
  }

  /** A file that cannot be parsed is no neighbor; that it cannot be is what the validator will say. */
  private static void add(FhirContext context, String text, PrePopulatedValidationSupport neighbors) {
    try {
      IBaseResource resource = context.newJsonParser().parseResource(text);
      if (List.of("ValueSet", "Questionnaire").contains(context.getResourceType(resource))) neighbors.addResource(resource);
    } catch (RuntimeException unreadable) {
      return;
    }
  }

  private static void say(String... parts) {
    for (int i = 0; i < parts.length; i++) parts[i] = String.valueOf(parts[i]).replaceAll("\\s+", " ");
    System.out.println(String.join("\t", parts));
  }
}
