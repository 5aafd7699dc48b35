import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Metafile } from 'esbuild';

/** The licence texts of all packages that stand in the bundles; packages with one text share it. */
export function thirdPartyLicenses(root: string, metafiles: readonly Metafile[]): string {
  const packages = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs)).flatMap(packageFolder));
  const byText = new Map<string, string[]>();
  for (const folder of [...packages].sort()) {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    const file = fs.readdirSync(path.join(root, folder)).find((each) => /^licen[cs]e/i.test(each));
    const text = file ? fs.readFileSync(path.join(root, folder, file), 'utf8').trim() : `${license} (the package has no licence file)`;
    byText.set(text, [...byText.get(text) ?? [], `${name} ${version}`]);
  }
  return [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}

/** `node_modules/@scope/name` of a file in it, the innermost where packages are nested. */
function packageFolder(file: string): string[] {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return match ? [match[1]] : [];
}
