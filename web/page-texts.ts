// What the page needs of a file of texts (../texts/*.ftl): its own groups and those that it shares with the server, without
// comments. The server's own are left out, since every byte of the page is loaded by every reader.

/** A file's head and its groups `## Page: ...` and `## Shared: ...`, without comments and empty lines. */
export function pageTexts(file: string): string {
  const [head = '', ...groups] = file.split(/^## /m);
  const own = groups.filter((group) => /^(Page|Shared): /.test(group)).map((group) => group.slice(group.indexOf('\n')));
  const lines = [head, ...own].join('\n').split('\n');
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).join('\n');
}

/** Lets code import a file of texts as a string. */
export const pageTextsPlugin = {
  name: 'page-texts',
  transform(code: string, id: string) {
    if (!id.endsWith('.ftl')) return undefined;
    return { code: `export default ${JSON.stringify(pageTexts(code))};`, map: null, moduleType: 'js' as const };
  },
};
