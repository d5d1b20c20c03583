// Fails when a lock file takes a package that it cannot vouch for: without a hash, from elsewhere than the registry, with a script
// that runs on installation, or of a version with a known fault (the `deny` list of deny.toml). Then asks npm for faults that
// became known since; where npm cannot be asked that is said and fails nothing.
//
//   node scripts/packages.mjs [FOLDER]    the checkout by default
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.argv[2] ?? new URL('..', import.meta.url).pathname;
const NPM = ['web', 'web/api-types', 'tests/browser', 'benches', 'boundaries'];
const CARGO = ['Cargo.lock', 'fuzz/Cargo.lock'];
// Packages that may run a script when they are installed, each with its reason. None does.
const SCRIPTS = {};

const faults = [];
const fault = (file, name, what) => faults.push(`${file}: ${name}: ${what}`);
const read = (file) => readFileSync(join(root, file), 'utf8');

/** Compares versions by their numbers; what follows a hyphen comes before the version itself. */
function isBelow(version, least) {
  const parts = (text) => text.split(/[-+]/)[0].split('.').map(Number);
  const [a, b] = [parts(version), parts(least)];
  for (let i = 0; i < 3; i += 1) if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) < (b[i] ?? 0);
  return version.includes('-') && !least.includes('-');
}

let packages = 0;

function cargo(file, least) {
  for (const text of read(file).split('[[package]]').slice(1)) {
    const value = (key) => new RegExp(`^${key} = "(.*)"$`, 'm').exec(text)?.[1];
    const [name, version, source] = ['name', 'version', 'source'].map(value);
    packages += 1;
    if (source !== undefined && !source.startsWith('registry+'))
      fault(file, `${name} ${version}`, `is taken from ${source}, expected the registry`);
    if (source !== undefined && !value('checksum')) fault(file, `${name} ${version}`, 'has no checksum');
    for (const { name: of, below, reason } of least) {
      if (of === name && isBelow(version, below)) fault(file, `${name} ${version}`, `expected ${below} or later: ${reason}`);
    }
  }
}

function npm(folder) {
  const file = `${folder}/package-lock.json`;
  const lock = JSON.parse(read(file));
  if (!(lock.lockfileVersion >= 3)) fault(file, 'lockfileVersion', `is ${lock.lockfileVersion}, expected 3`);
  for (const [path, entry] of Object.entries(lock.packages ?? {})) {
    if (path === '') continue;
    packages += 1;
    const name = `${path.replace(/^.*node_modules\//, '')} ${entry.version}`;
    if (entry.link || !path.startsWith('node_modules/')) fault(file, name, 'is a folder, expected a package of the registry');
    if (!/^sha512-/.test(entry.integrity ?? '')) fault(file, name, 'has no sha512 hash');
    if (entry.resolved !== undefined && !/^https:\/\/[^/]+\/.*\.tgz$/.test(entry.resolved))
      fault(file, name, `is taken from ${entry.resolved}`);
    if (entry.hasInstallScript && !(name.split(' ')[0] in SCRIPTS)) fault(file, name, 'runs a script when it is installed');
  }
  const wanted = { ...lock.packages?.['']?.dependencies, ...lock.packages?.['']?.devDependencies };
  for (const [name, range] of Object.entries(wanted)) {
    if (/[:/]/.test(range)) fault(file, name, `is asked for as ${range}, expected a version`);
  }
}

/** What npm knows of the packages of a folder; `undefined`: it could not be asked. */
function known(folder) {
  const asked = spawnSync('npm', ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=10000'], {
    cwd: join(root, folder),
    encoding: 'utf8',
    timeout: 30_000,
  });
  try {
    return JSON.parse(asked.stdout).vulnerabilities;
  } catch {
    return undefined;
  }
}

const deny = existsSync(join(root, 'deny.toml')) ? read('deny.toml') : '';
const least = [...deny.matchAll(/\{ crate = "([^":]+):<([^"]+)", reason = "([^"]+)" \}/g)].map(([, name, below, reason]) => ({
  name,
  below,
  reason,
}));
for (const file of CARGO.filter((file) => existsSync(join(root, file)))) cargo(file, least);
const folders = NPM.filter((folder) => existsSync(join(root, folder, 'package-lock.json')));
folders.forEach(npm);
for (const folder of folders) {
  const vulnerable = known(folder);
  if (vulnerable === undefined) {
    console.log(`packages: NOT CHECKED: npm cannot be asked for known faults of ${folder} (npm audit, which needs the registry)`);
    continue;
  }
  for (const [name, entry] of Object.entries(vulnerable)) fault(folder, name, `${entry.severity}: ${JSON.stringify(entry.via)}`);
}
faults.forEach((text) => console.error(`packages: ${text}`));
console.log(`packages: ${packages} in lock files, ${least.length} least versions, ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;
