import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.Include;
import ca.uhn.fhir.rest.annotation.*;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.server.FifoMemoryPagingProvider;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.*;

/** FhirServer BASE: a FHIR R4 server in memory on a free port of the loopback, which it prints. BASE is the address that
 *  its links name. Pages hold at most 20 resources. */
public class FhirServer {
  static final List<Class<? extends Resource>> TYPES = List.of(Patient.class, Condition.class, MedicationRequest.class,
      MedicationStatement.class, Medication.class, Observation.class, DiagnosticReport.class, Procedure.class,
      QuestionnaireResponse.class, Encounter.class, AllergyIntolerance.class, DocumentReference.class, Binary.class);
  static final Map<String, Map<String, Resource>> KEPT = new ConcurrentHashMap<>();

  public static class Store implements IResourceProvider {
    final Class<? extends Resource> type;
    final Map<String, Resource> kept = Collections.synchronizedMap(new LinkedHashMap<>());
    int next = 1;

    Store(Class<? extends Resource> type) {
      this.type = type;
      KEPT.put(type.getSimpleName(), kept);
    }

    @Override public Class<? extends IBaseResource> getResourceType() { return type; }

    @Read public IBaseResource read(@IdParam IdType id) {
      Resource found = kept.get(id.getIdPart());
      if (found == null) throw new ResourceNotFoundException(id);
      return found;
    }

    @Update public MethodOutcome update(@IdParam IdType id, @ResourceParam IBaseResource resource) {
      kept.put(id.getIdPart(), (Resource) resource);
      return new MethodOutcome(id, true);
    }

    @Create public synchronized MethodOutcome create(@ResourceParam IBaseResource resource, @ConditionalUrlParam String unless) {
      if (unless != null && unless.contains("identifier=")) {
        String token = URLDecoder.decode(unless.replaceFirst("^.*identifier=", ""), StandardCharsets.UTF_8);
        for (Resource one : kept.values()) {
          if (!((DocumentReference) one).getIdentifier().stream().anyMatch(i -> (i.getSystem() + "|" + i.getValue()).equals(token)))
            continue;
          MethodOutcome there = new MethodOutcome(one.getIdElement(), false);
          there.setResource(one);
          return there;
        }
      }
      IdType id = new IdType(type.getSimpleName(), "made-" + next++);
      resource.setId(id);
      kept.put(id.getIdPart(), (Resource) resource);
      MethodOutcome made = new MethodOutcome(id, true);
      made.setResource(resource);
      return made;
    }

    @Search(allowUnknownParams = true)
    public List<IBaseResource> search(@OptionalParam(name = "patient") ReferenceParam patient,
        @OptionalParam(name = "category") TokenOrListParam category, @IncludeParam(allow = {"*"}) Set<Include> includes,
        @Sort SortSpec sort) {
      List<IBaseResource> found = new ArrayList<>();
      Set<Resource> included = new LinkedHashSet<>();
      synchronized (kept) {
        for (Resource one : kept.values()) {
          if (patient != null && !subject(one).equals("Patient/" + patient.getIdPart())) continue;
          if (category != null && !inCategory(one, category)) continue;
          found.add(one);
          if (includes == null || includes.isEmpty()) continue;
          Property medication = one.getNamedProperty("medication[x]");
          if (medication == null || medication.getValues().isEmpty() || !(medication.getValues().get(0) instanceof Reference to)) continue;
          Resource pointed = KEPT.get("Medication").get(to.getReferenceElement().getIdPart());
          if (pointed != null) included.add(pointed);
        }
      }
      found.addAll(included);
      return found;
    }

    static String subject(Resource resource) {
      for (String name : List.of("subject", "patient")) {
        Property property = resource.getNamedProperty(name);
        if (property != null && !property.getValues().isEmpty()) return ((Reference) property.getValues().get(0)).getReference();
      }
      return "";
    }

    static boolean inCategory(Resource resource, TokenOrListParam wanted) {
      if (!(resource instanceof Observation observation)) return true;
      return observation.getCategory().stream().flatMap(one -> one.getCoding().stream())
          .anyMatch(coding -> wanted.getValuesAsQueryTokens().stream().anyMatch(token -> token.getValue().equals(coding.getCode())));
    }
  }

  public static void main(String[] arguments) throws Exception {
    RestfulServer fhir = new RestfulServer(FhirContext.forR4());
    fhir.setServerAddressStrategy(new HardcodedServerAddressStrategy(arguments[0]));
    FifoMemoryPagingProvider paging = new FifoMemoryPagingProvider(1000);
    paging.setDefaultPageSize(20);
    paging.setMaximumPageSize(20);
    fhir.setPagingProvider(paging);
    fhir.setResourceProviders(TYPES.stream().map(type -> (IResourceProvider) new Store(type)).toList());

    Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    ServletContextHandler handler = new ServletContextHandler();
    handler.addServlet(new ServletHolder(fhir), "/*");
    server.setHandler(handler);
    server.start();
    System.out.println(((ServerConnector) server.getConnectors()[0]).getLocalPort());
    System.out.flush();
    server.join();
  }
}
