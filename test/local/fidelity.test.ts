import * as fs from 'node:fs';
import * as path from 'node:path';
import { startEngine, type TestEngine } from './engine-for-tests';
import { renderFidelity } from '../../local/scripts/fidelity';
import { servedOperations } from '../../local/scripts/served-operations';
import { loadModel } from '../../local/src/wire/model';

let engine: TestEngine;

beforeAll(async () => { engine = await startEngine(); });

afterAll(() => engine.stop());

test('FIDELITY.md says what the services say', () => {
  const written = fs.readFileSync(path.join(__dirname, '../../local/FIDELITY.md'), 'utf8');
  // stale: npx tsx local/scripts/generate-fidelity.ts
  expect(written).toBe(renderFidelity(engine.services, [engine.supervisely.described]));
});

test('every operation of a service is in its model, and every simplification is of one of them', () => {
  for (const { name, operations, simplified = {} } of engine.services) {
    expect(Object.keys(operations).filter((operation) => !loadModel(name).operations[operation])).toEqual([]);
    expect(Object.keys(simplified).filter((operation) => !operations[operation])).toEqual([]);
  }
});

test('every simplification of the Supervisely server is of a served method, and what it lacks is not served', () => {
  const { served, simplified, absent } = engine.supervisely.described;
  expect(Object.keys(simplified).filter((method) => !served.includes(method))).toEqual([]);
  expect(absent.filter((method) => served.includes(method))).toEqual([]);
});

test('the models hold the operations of the table', () => {
  for (const { name } of engine.services) expect(Object.keys(loadModel(name).operations)).toEqual(servedOperations(name));
});
