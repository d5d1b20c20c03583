// The page's own words, one file a language (../../../texts/README.md), in the format of Project Fluent.
//
//     const t = texts('ru');
//     t('find-place');                        // Найти территорию
//     t('areas-shown', { shown: 2, of: 9 });  // 2 территории из 9

import { FluentBundle, FluentNumber, FluentResource } from '@fluent/bundle';
import type { Lang } from '../state/state';
import type { MessageId, Messages } from './messages';

/** What a message needs: nothing, or a value for each of its variables. */
type Values<Id extends MessageId> = [Messages[Id]] extends [never] ? [] : [Record<Messages[Id], string | number>];

/** The text of a message. An id that no file has does not compile. */
export type Translate = <Id extends MessageId>(id: Id, ...values: Values<Id>) => string;

/** The language of readers whose own has no file. */
const USUAL = 'en';
const PATH = /([\w-]+)\.ftl$/;

// All languages come with the page: one costs 3 kB, and asking for it later would leave the page without words until it is there.
const files = import.meta.glob<string>('../../../texts/*.ftl', { import: 'default', eager: true });
const resources = new Map(Object.entries(files).map(([path, text]) => [PATH.exec(path)?.[1] ?? path, new FluentResource(text)]));

/** The languages that have a file, English first. */
export const LANGS: readonly Lang[] = [...resources.keys()].sort((a, b) => Number(b === USUAL) - Number(a === USUAL) || (a < b ? -1 : 1));

const bundles = new Map<Lang, FluentBundle>();

function bundleOf(lang: Lang): FluentBundle {
  const known = bundles.get(lang);
  if (known) return known;
  const spoken = resources.has(lang) ? lang : USUAL;
  // Marks around what is put in would be part of labels and titles.
  const bundle = new FluentBundle(spoken, { useIsolating: false });
  const resource = resources.get(spoken);
  if (resource) bundle.addResource(resource);
  bundles.set(lang, bundle);
  return bundle;
}

/** The words of a language; English ones where it has no file. */
export function texts(lang: Lang): Translate {
  return (id, ...[values]) => {
    const bundle = bundleOf(lang);
    const pattern = bundle.getMessage(id)?.value;
    // A mistake in a file costs a text, not the page.
    return pattern ? bundle.formatPattern(pattern, plain(values ?? {}), []) : id;
  };
}

/** Numbers stand as they are counted, without marks between thousands, as in the server's texts. */
function plain(values: Record<string, string | number>): Record<string, string | FluentNumber> {
  const entries = Object.entries(values).map(([name, value]): [string, string | FluentNumber] => [
    name,
    typeof value === 'number' ? new FluentNumber(value, { useGrouping: false }) : value,
  ]);
  return Object.fromEntries(entries);
}

/** What each language calls itself. */
export function languageNames(): [Lang, string][] {
  return LANGS.map((lang) => [lang, texts(lang)('language-name')]);
}
