// Writes what a program is made of as a CycloneDX document (https://cyclonedx.org/docs/1.6/json/): the crates that are linked into
// it with their hashes and what each needs, and the npm packages that are bundled into its page. The same sources give the same bytes.
//
//   node scripts/sbom.mjs choro target/debian/choro.cdx.json
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const [program, file] = process.argv.slice(2);
if (!program || !file) throw new Error('expected a package and a file: node scripts/sbom.mjs choro choro.cdx.json');
const root = new URL('..', import.meta.url).pathname;

const host = /^host: (.*)$/m.exec(execFileSync('rustc', ['-vV'], { encoding: 'utf8', cwd: root }))[1];
const asked = ['metadata', '--format-version', '1', '--locked', '--filter-platform', host];
const metadata = JSON.parse(execFileSync('cargo', asked, { cwd: root, maxBuffer: 2 ** 28 }));
const packages = new Map(metadata.packages.map((entry) => [entry.id, entry]));
const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
const checksums = new Map(
  readFileSync(`${root}Cargo.lock`, 'utf8')
    .split('[[package]]')
    .slice(1)
    .map((text) => {
      const value = (key) => new RegExp(`^${key} = "(.*)"$`, 'm').exec(text)?.[1];
      return [`${value('name')} ${value('version')}`, value('checksum')];
    }),
);

const own = metadata.packages.find((entry) => entry.name === program && entry.source === null);
if (!own) throw new Error(`there is no package ${program} in this workspace`);

/** What is linked: neither what the tests need nor what only builds. */
const linked = (id) =>
  nodes
    .get(id)
    .deps.filter((dep) => dep.dep_kinds.some(({ kind }) => kind === null))
    .map((dep) => dep.pkg);
const found = new Set();
for (const open = [own.id]; open.length > 0;) {
  const id = open.pop();
  if (found.has(id)) continue;
  found.add(id);
  open.push(...linked(id));
}
found.delete(own.id);

const purl = (entry) => `pkg:cargo/${entry.name}@${entry.version}`;
const licences = (text) => (text ? [{ expression: text.replaceAll('/', ' OR ') }] : []);
const crate = (id) => {
  const entry = packages.get(id);
  const checksum = checksums.get(`${entry.name} ${entry.version}`);
  const hashes = checksum ? { hashes: [{ alg: 'SHA-256', content: checksum }] } : {};
  return {
    type: 'library',
    'bom-ref': purl(entry),
    name: entry.name,
    version: entry.version,
    ...hashes,
    licenses: licences(entry.license),
    purl: purl(entry),
  };
};

/** The packages of the page. */
function bundled() {
  const { packages } = JSON.parse(readFileSync(`${root}web/package-lock.json`, 'utf8'));
  const shipped = Object.entries(packages).filter(([path, entry]) => path !== '' && !entry.dev && !entry.optional);
  return shipped.map(([path, entry]) => {
    const name = path.replace(/^.*node_modules\//, '');
    const purl = `pkg:npm/${name.replace('@', '%40')}@${entry.version}`;
    const content = Buffer.from(entry.integrity.replace('sha512-', ''), 'base64').toString('hex');
    return {
      type: 'library',
      'bom-ref': purl,
      name,
      version: entry.version,
      hashes: [{ alg: 'SHA-512', content }],
      licenses: licences(entry.license),
      purl,
    };
  });
}

const page = program === 'choro' ? bundled() : [];
const by = (a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1);
const needs = (id) => linked(id).map((pkg) => purl(packages.get(pkg)));
const graph = [...found].map((id) => ({ ref: purl(packages.get(id)), dependsOn: needs(id).sort() }));
const whole = { ref: purl(own), dependsOn: [...needs(own.id), ...page.map((entry) => entry.purl)].sort() };
const document = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    component: {
      type: 'application',
      'bom-ref': purl(own),
      name: own.name,
      version: own.version,
      licenses: licences(own.license),
      purl: purl(own),
    },
  },
  components: [...[...found].map(crate), ...page].sort(by),
  dependencies: [whole, ...graph.sort((a, b) => (a.ref < b.ref ? -1 : 1))],
};
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(document, undefined, 1)}\n`);
console.log(`${file}: ${program} ${own.version} is made of ${found.size} crates and ${page.length} packages of its page`);
