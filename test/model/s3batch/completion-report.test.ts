import * as fc from 'fast-check';
import { csvRows, reportRow } from '../../../src/model/s3batch/completion-report';

const row = (line: string) => reportRow(csvRows(line)[0]);

test('both orders of columns are understood', () => {
  const expected = {
    bucket: 'mails',
    encodedKey: 'a%20b',
    key: 'a b',
    versionId: undefined,
    status: 'failed',
    httpStatus: 200,
    errorCode: 'PermanentFailure',
    message: 'said "no"',
  };
  expect(row('mails,a%20b,,failed,200,PermanentFailure,"said ""no"""')).toEqual(expected);
  expect(row('mails,a%20b,,failed,PermanentFailure,200,"said ""no"""')).toEqual(expected);
});

test('a task that succeeded has no error', () => {
  for (const codes of ['200,', ',200']) {
    expect(row(`mails,k,v1,succeeded,${codes},"{}"\n`)).toMatchObject({ versionId: 'v1', status: 'succeeded', httpStatus: 200, errorCode: undefined, message: '{}' });
  }
});

test('what is no row of a report is refused', () => {
  expect(() => row('mails,k')).toThrow('has 7 values, got 2');
  expect(() => row('mails,k,,done,200,,""')).toThrow('succeeded or failed, got \'done\'');
  expect(() => csvRows('a,"b')).toThrow('never closed');
  expect(() => csvRows('a,"b"c')).toThrow('goes on behind its closing quote');
});

test('any values come back from CSV', () => {
  const value = fc.string({ unit: 'binary', maxLength: 10 });
  fc.assert(fc.property(fc.array(fc.array(value, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, end, ended) => {
    const text = rows.map((values) => values.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join(end) + (ended && rows.length > 0 ? end : '');
    expect(csvRows(text)).toEqual(rows);
  }));
  expect(csvRows('a,\nb,c')).toEqual([['a', ''], ['b', 'c']]);
  expect(csvRows('a,')).toEqual([['a', '']]);
});
