// Fails when a crate of the dependency tree has a licence that deny.toml does not allow. The part of cargo-deny that must
// hold on every machine, without building cargo-deny.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const root = new URL('..', import.meta.url).pathname;
const list = /\nallow = \[([^\]]*)\]/.exec(readFileSync(`${root}deny.toml`, 'utf8'));
if (!list) throw new Error('deny.toml: no list `allow = [...]` under [licenses]');
const allowed = new Set([...list[1].matchAll(/"([^"]+)"/g)].map((match) => match[1]));

// SPDX: OR of ANDs, in brackets at most once; the old form A/B means A OR B.
const holds = (expression) => {
  const text = expression.replaceAll('/', ' OR ').replace(/\(([^()]*)\)/g, (_, inner) => (holds(inner) ? '%yes' : '%no'));
  return text.split(' OR ').some((all) => all.split(' AND ').every((one) => one.trim() === '%yes' || allowed.has(one.trim())));
};

const metadata = execFileSync('cargo', ['metadata', '--format-version', '1', '--locked'], { cwd: root, maxBuffer: 2 ** 28 });
const { packages } = JSON.parse(metadata);
const refused = packages.filter((p) => !p.license || !holds(p.license));
for (const p of refused) console.error(`${p.name} ${p.version}: licence ${p.license ?? 'not stated'} is not in deny.toml`);
console.log(`licences: ${packages.length} crates, ${refused.length} refused`);
process.exitCode = refused.length ? 1 : 0;
