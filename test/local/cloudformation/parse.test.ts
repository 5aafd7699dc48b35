import { parseTemplate } from '../../../local/src/services/cloudformation/template/parse';

test('short forms become functions, nested and in flow style', () => {
  expect(parseTemplate(`
A: !Ref X
B: !GetAtt X.Y.Z
C: !Sub ["a\${b}", {b: !Ref Q}]
D: !If [Cond, !Ref "AWS::NoValue", {a: !Join ["", [!Ref A, b]]}]
E: !Select
  - 0
  - !GetAZs ""
F: !Base64
  Fn::Sub: x
`)).toEqual({
    A: { Ref: 'X' },
    B: { 'Fn::GetAtt': ['X', 'Y.Z'] },
    C: { 'Fn::Sub': ['a${b}', { b: { Ref: 'Q' } }] },
    D: { 'Fn::If': ['Cond', { Ref: 'AWS::NoValue' }, { a: { 'Fn::Join': ['', [{ Ref: 'A' }, 'b']] } }] },
    E: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
    F: { 'Fn::Base64': { 'Fn::Sub': 'x' } },
  });
});

test('dates stay text, the words of YAML 1.1 are booleans', () => {
  expect(parseTemplate('Version: 2012-10-17\nFlag: yes\nQuoted: "yes"')).toEqual({ Version: '2012-10-17', Flag: true, Quoted: 'yes' });
});

test('single letters are no booleans', () => {
  expect(parseTemplate('N: n\ny: Y\nOff: off')).toEqual({ N: 'n', y: 'Y', false: false });
});

test('JSON is read as JSON, tabs and all', () => {
  expect(parseTemplate('{\t"Resources": {"A": {"Type": "T"}}}')).toEqual({ Resources: { A: { Type: 'T' } } });
});

test.each([
  ['an alias', 'A: &a x\nB: *a', 'YAML aliases are not allowed in CloudFormation templates'],
  ['an unknown tag', 'A: !Foo x', 'YAML not well-formed. (Unresolved tag: !Foo'],
  ['broken JSON', '{"A":', 'JSON not well-formed'],
  ['broken YAML', 'A: [', 'YAML not well-formed. (line 1'],
  ['a list', '- a', 'unsupported structure'],
])('fails on %s', (_, text, message) => {
  expect(() => parseTemplate(text)).toThrow(`Template format error: ${message}`);
});
