import { answerForm } from '../../../local/src/labeling/judgement';
import { readWorkerForm } from '../../../local/src/labeling/worker-form';
import { WorkerTemplates } from '../../../local/src/labeling/worker-template';

const templates = new WorkerTemplates((uri) => `http://host/${uri.slice('s3://'.length)}?a=1&b=2`);
const render = (template: string, input: unknown) => templates.render(template, input);

describe('worker templates', () => {
  const input = { text: "James & the 'Peach' <b>", labels: ['say "no"', "it's"], image: 's3://bucket/a b.png', once: '&amp; &' };

  test.each([
    ['{{ task.input.text }}', 'James &amp; the &#39;Peach&#39; &lt;b&gt;'],
    ['{{ task.input.text | escape }}', 'James &amp; the &#39;Peach&#39; &lt;b&gt;'],
    ['{{ task.input.once | escape_once }}', '&amp; &amp;'],
    ['{{ task.input.text | skip_autoescape }}', "James & the 'Peach' <b>"],
    ['{{ task.input.labels | to_json }}', '["say \\"no\\"","it\'s"]'],
    ['{{ task.input.labels | to_json | escape }}', '[&#34;say \\&#34;no\\&#34;&#34;,&#34;it&#39;s&#34;]'],
    ['{{ task.input.image | grant_read_access }}', 'http://host/bucket/a b.png?a=1&b=2'],
    ['{% for label in task.input.labels %}{{ label }};{% endfor %}', 'say &#34;no&#34;;it&#39;s;'],
  ])('%s', async (template, expected) => {
    expect(await render(template, input)).toBe(expected);
  });
});

describe('worker forms', () => {
  const form = (content: string) => readWorkerForm(`<crowd-form>${content}</crowd-form>`);

  test.each([
    ['categories with double quotes, escaped', '<crowd-classifier name="c" categories="[&#34;a&#34;,&#34;it&#39;s&#34;]"></crowd-classifier>', ['a', "it's"]],
    ['categories with single quotes, as in the guide', '<crowd-classifier name="c" categories="[\'a\', \'b\']"></crowd-classifier>', ['a', 'b']],
  ])('reads %s', (_, html, options) => {
    expect(form(html)).toEqual([{ kind: 'category', name: 'c', options }]);
  });

  test('an unescaped JSON attribute in double quotes is broken, as in a browser', () => {
    expect(() => form('<crowd-classifier name="c" categories="["a","b"]"></crowd-classifier>')).toThrow(/categories/);
  });

  test.each([
    ['no form', '<p></p>', /no <crowd-form>/],
    ['nothing to answer', '<crowd-form><p>hello</p></crowd-form>', /nothing to answer/],
    ['shapes', '<crowd-form><crowd-polygon name="p"></crowd-polygon></crowd-form>', /cannot answer <crowd-polygon>/],
  ])('refuses %s', (_, html, message) => {
    expect(() => readWorkerForm(html)).toThrow(message);
  });

  test('answers each element as it would submit it', () => {
    const fields = form(`
      <crowd-image-classifier-multi-select name="m" categories="['x','y','z']"></crowd-image-classifier-multi-select>
      <input type="radio" name="r" value="one"><input type="radio" name="r" value="two">
      <crowd-checkbox name="ok" required></crowd-checkbox><input type="hidden" name="h" value="1">
      <select name="s"><option value="">choose</option><option>blue</option></select>
      <input type="number" name="n" min="2" max="2"><textarea name="t">preset</textarea><crowd-input disabled name="d"></crowd-input>`);
    const truth = { text: undefined, level: 0.5, among: (options: readonly string[], many: boolean) => options.slice(0, many ? 2 : 1) };
    const answer = answerForm(fields, truth, { name: 'a', accuracy: 1, secondsPerTask: 1, dropout: 0, decline: 0 }, () => 0.5);
    expect(answer).toEqual({ m: { labels: ['x', 'y'] }, r: { one: true, two: false }, ok: { on: true }, s: 'blue', n: '2', t: 'preset' });
  });
});
