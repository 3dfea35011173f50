// node chart_to_pdf.mjs FOLDER ROUNDS: chart to PDF as a user would build it from npm today.
// fhirpath.js answers forty questions about each chart, each put only to the resources of its type;
// pdfkit writes two pages with an embedded TrueType font and a table. No criteria, no shaping across
// scripts, no tags: less than a report needs. Prints one line of JSON.
import fs from 'node:fs';
import path from 'node:path';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import PDFDocument from 'pdfkit';

const font = '/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf';

const laboratory = ['2276-4', '718-7', '2132-9', '2284-8', '2160-0', '33914-3', '2823-3', '6298-4',
  '2951-2', '2947-0', '19123-9', '17861-6', '1742-6', '1920-8', '1751-7', '4548-4', '2502-3',
  '3016-3', '2157-6', '48065-7', '30934-4', '1988-5', '9318-7', '787-2'];
const medications = ['Amlodipine', 'Nifedipine', 'Ibuprofen', 'Naproxen', 'Prednisone',
  'Simvastatin', 'Atorvastatin', 'Hydrochlorothiazide', 'Furosemide'];
const conditions = ['heart failure', 'kidney', 'neuropathy', 'restless', 'venous', 'thrombosis',
  'edema'];

const questions = [
  ...laboratory.map((code) => ['Observation', code,
    `where(code.coding.where(system = 'http://loinc.org' and code = '${code}').exists()` +
    ` and status = 'final').value.value.last()`]),
  ...medications.map((name) => ['MedicationRequest', name,
    `where(status = 'active').where(medication.text.contains('${name}')` +
    ` or medication.coding.display.where(contains('${name}')).exists()).authoredOn`]),
  ...conditions.map((name) => ['Condition', name,
    `where(code.text.lower().contains('${name}')).onset`]),
].map(([type, label, expression]) => ({type, label, ask: fhirpath.compile(expression, r4)}));

function resourcesByType(bundle) {
  const types = new Map();
  for (const {resource} of bundle.entry) {
    if (!types.has(resource.resourceType)) types.set(resource.resourceType, []);
    types.get(resource.resourceType).push(resource);
  }
  return types;
}

function answer(types) {
  return questions.map(({type, label, ask}) => [label, ask(types.get(type) ?? [])]);
}

function draw(patient, answers) {
  return new Promise((resolve) => {
    const document = new PDFDocument({size: 'A4', margin: 50});
    const chunks = [];
    document.on('data', (chunk) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.font(font).fontSize(16).text(`${patient.name[0].given[0]} ${patient.name[0].family}`);
    document.fontSize(9).text(`${patient.birthDate}  ${patient.gender}`).moveDown();
    const rows = answers.map(([label, values]) => [label, values.join(', ') || 'not on file']);
    document.table({data: [['Question', 'On file'], ...rows.slice(0, 24)]});
    document.addPage();
    document.table({data: [['Question', 'On file'], ...rows.slice(24)]});
    document.end();
  });
}

const [folder, rounds] = process.argv.slice(2);
const charts = fs.readdirSync(folder).filter((name) => name.endsWith('.json')).sort()
  .map((name) => fs.readFileSync(path.join(folder, name)));

async function chartToPdf(bytes) {
  const types = resourcesByType(JSON.parse(bytes));
  return draw(types.get('Patient')[0], answer(types));
}

let pdfBytes = 0;
for (const bytes of charts) pdfBytes += (await chartToPdf(bytes)).length;  // warm: the compiler is done
const before = process.cpuUsage();
for (let round = 0; round < rounds; ++round) {
  for (const bytes of charts) await chartToPdf(bytes);
}
const used = process.cpuUsage(before);
console.log(JSON.stringify({
  charts: charts.length,
  'ms a chart': (used.user + used.system) / 1000 / rounds / charts.length,
  'KB a PDF': pdfBytes / charts.length / 1000,
  'peak MB': process.resourceUsage().maxRSS / 1024,
}));
