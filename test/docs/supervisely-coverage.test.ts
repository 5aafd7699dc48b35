import * as fs from 'node:fs';
import * as path from 'node:path';
import type { WebhookSender } from '../../local/src/supervisely/api/webhook-sender';
import { methodsOf } from '../../local/src/supervisely/methods';
import { Site } from '../../local/src/supervisely/site';

const ROOT = path.join(__dirname, '..', '..');
const PAGE = fs.readFileSync(path.join(ROOT, 'docs', 'supervisely-coverage.md'), 'utf8');

/** Public methods of the Python SDK's two classes, inherited ones included. */
const INHERITED = [
  'get_list_all_pages', 'get_list_all_pages_generator', 'get_list_idx_page_async', 'get_list_page_generator_async', 'get_info_by_name', 'exists', 'get_free_name',
  'convert_info_to_json', 'raise_for_status', 'remove', 'remove_batch', 'info_sequence', 'info_tuple_name',
];
const SDK: Readonly<Record<string, readonly string[]>> = {
  LabelingJobApi: [
    ...INHERITED, 'create', 'get_list', 'stop', 'get_info_by_id', 'get_info_by_ids', 'archive', 'get_status', 'wait', 'get_stats', 'get_activity',
    'set_status', 'get_project_meta', 'get_annotations', 'reject_annotations', 'set_entity_review_status', 'clone', 'restart', 'get_custom_data', 'set_custom_data', 'set_assignees',
  ],
  LabelingQueueApi: [
    ...INHERITED, 'create', 'get_list', 'get_info_by_id', 'get_status', 'set_status', 'get_project_meta', 'get_entities_all_pages',
    'get_entities_count_by_status',
  ],
};
const TUTORIAL = [
  'user.get_info_by_login', 'user.create', 'user.get_team_role', 'user.add_to_team', 'role.DefaultRole', 'project.get_meta', 'dataset.get_list', 'image.get_list',
  ...['create', 'stop', 'get_list', 'get_status', 'set_status', 'wait', 'archive', 'remove', 'remove_batch'].map((method) => `labeling_job.${method}`),
];

interface Row {
  readonly section: string;
  readonly cells: readonly string[];
}

/** All rows of all tables, each with the heading that it stands under. */
function rowsOf(page: string): Row[] {
  let section = '';
  return page.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) section = line.slice(3);
    const isRow = line.startsWith('| ') && !/^\|(---\|)+$/.test(line);
    return isRow ? [{ section, cells: line.split('|').slice(1, -1).map((cell) => cell.trim()) }] : [];
  });
}

/** What stands in backticks. */
function named(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
}

function filesBelow(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts')).map(({ parentPath, name }) => path.join(parentPath, name));
}

function sourcesOf(folders: readonly string[]): string {
  return folders.flatMap((folder) => filesBelow(path.join(ROOT, folder))).map((file) => fs.readFileSync(file, 'utf8')).join('\n');
}

const rows = rowsOf(PAGE);
const withTests = rows.filter(({ cells }) => cells.length === 4 && cells[1] !== 'on the wire');
const SERVED = Object.keys(methodsOf(new Site({ clock: { now: () => 0 } } as unknown as ConstructorParameters<typeof Site>[0]), {} as WebhookSender));
const WIRE = /^[a-z-]+(\.[A-Za-z-]+)+$/;

test.each(Object.entries(SDK))('every method of %s stands in its table, and nothing else does', (api, methods) => {
  const table = withTests.filter(({ section }) => section.startsWith(api));
  expect(table.flatMap(({ cells: [method] }) => named(method)).sort()).toEqual([...methods].sort());
});

test('every call of the tutorial stands in its table', () => {
  const calls = withTests.filter(({ section }) => section.startsWith('The tutorial')).flatMap(({ cells: [call] }) => named(call)).map((call) => call.replace(/\(\)$/, ''));
  expect(new Set(calls.filter((call) => call.startsWith('api.')).map((call) => call.slice('api.'.length)))).toEqual(new Set(TUTORIAL));
});

test('methods of the wire are served by the engine, or the SDK asks for nothing', () => {
  for (const { cells: [what, wire] } of withTests) {
    expect([what, wire === 'client-side' ? [] : named(wire).filter((method) => !SERVED.includes(method))]).toEqual([what, []]);
    expect([what, wire === 'client-side' || named(wire).length > 0]).toEqual([what, true]);
  }
});

test('every test that is named is there, under that title', () => {
  for (const { cells: [what, wire, covering, shown] } of withTests) {
    if (shown === '-') {
      expect([what, wire]).toEqual([what, 'client-side']);
      continue;
    }
    const [, file, title] = /^`([^`]+)`: "([^"]+)"$/.exec(shown) ?? [];
    expect([what, covering !== '', file !== undefined && fs.existsSync(path.join(ROOT, file))]).toEqual([what, true, true]);
    expect([what, fs.readFileSync(path.join(ROOT, file), 'utf8').includes(title)]).toEqual([what, true]);
  }
});

test('every construct and property that is named is there', () => {
  const source = sourcesOf(['src/supervisely']);
  const mentioned = rows.flatMap(({ cells }) => cells).flatMap(named).filter((name) => /^[A-Z]\w+(\.[a-z]\w+(\(\))?)?$/.test(name));
  const missing = mentioned.filter((name) => {
    const [construct, member] = name.replace('()', '').split('.');
    const isThere = new RegExp(`export (abstract )?(class|interface|enum) ${construct}\\b`).test(source) || ['NotImplementedError', ...Object.keys(SDK)].includes(construct);
    return !isThere || (member !== undefined && !new RegExp(`(readonly ${member}\\??:|public static ${member}\\()`).test(source));
  });
  expect(missing).toEqual([]);
});

test('the handlers call no method that is not named, and none that the engine does not serve', () => {
  const folders = fs.readdirSync(path.join(ROOT, 'runtime')).filter((name) => name.startsWith('supervisely-') && !name.endsWith('.ts')).map((name) => `runtime/${name}`);
  const source = sourcesOf(['runtime/shared/supervisely', ...folders]);
  const literals = new Set([...source.matchAll(/'([^'\n]+)'/g)].map(([, text]) => text).filter((text) => WIRE.test(text)));
  const called = [...literals].filter((text) => SERVED.includes(text));
  const unserved = [...source.matchAll(/\bcall(?:<[^'()]*>)?\('([^']+)'/g)].map(([, method]) => method).filter((method) => !SERVED.includes(method));
  const onPage = new Set(named(PAGE));
  expect(unserved).toEqual([]);
  expect(called.length).toBeGreaterThan(30);
  // a new one wants a row: what it is for, and what shows it
  expect(called.filter((method) => !onPage.has(method))).toEqual([]);
});
