import type { Eye } from '../../../local/src/labeling/forms/drawing-elements';
import { answerForm } from '../../../local/src/labeling/forms/judgement';
import type { Truth } from '../../../local/src/labeling/forms/truth';
import { readWorkerForm } from '../../../local/src/labeling/forms/worker-form';
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
  const eye: Eye = { imageSize: async () => ({ width: 40, height: 30 }), content: async () => Buffer.from('') };
  const form = (content: string) => readWorkerForm(`<crowd-form>${content}</crowd-form>`, eye);

  test.each([
    ['categories with double quotes, escaped', '<crowd-classifier name="c" categories="[&#34;a&#34;,&#34;it&#39;s&#34;]"></crowd-classifier>', ['a', "it's"]],
    ['categories with single quotes, as in the guide', '<crowd-classifier name="c" categories="[\'a\', \'b\']"></crowd-classifier>', ['a', 'b']],
  ])('reads %s', async (_, html, options) => {
    expect(await form(html)).toEqual([{ kind: 'category', name: 'c', options }]);
  });

  test('an unescaped JSON attribute in double quotes is broken, as in a browser', async () => {
    await expect(form('<crowd-classifier name="c" categories="["a","b"]"></crowd-classifier>')).rejects.toThrow(/categories/);
  });

  test.each([
    ['no form', '<p></p>', /neither a <crowd-form>/],
    ['nothing to answer', '<crowd-form><p>hello</p></crowd-form>', /nothing to answer/],
    ['shapes', '<crowd-form><crowd-polygon name="p"></crowd-polygon></crowd-form>', /cannot answer <crowd-polygon>/],
    ['labels that are no list', '<crowd-form><crowd-bounding-box labels="cat"></crowd-bounding-box></crowd-form>', /"labels" of <crowd-bounding-box> is not/],
    ['a box without sides', '<crowd-form><crowd-bounding-box labels="[1]" initial-value="[{label: 1}]"></crowd-bounding-box></crowd-form>', /needs label, left/],
  ])('refuses %s', async (_, html, message) => {
    await expect(readWorkerForm(html, eye)).rejects.toThrow(message);
  });

  test('boxes to be adjusted may stand unescaped in double quotes, as in templates of the guide', async () => {
    const [field] = await form('<crowd-bounding-box name="b" src="u" labels="[\'Dog\']" initial-value="[ { label: "Dog", left: 1, top: 2, width: 3, height: 4, }, ]" header="h">'
      + '</crowd-bounding-box>');
    expect(field).toEqual({ kind: 'boxes', name: 'b', labels: ['Dog'], size: { width: 40, height: 30 }, initial: [{ label: 'Dog', left: 1, top: 2, width: 3, height: 4 }] });
  });

  test('answers each element as it would submit it', async () => {
    const fields = await form(`
      <crowd-image-classifier-multi-select name="m" categories="['x','y','z']"></crowd-image-classifier-multi-select>
      <input type="radio" name="r" value="one"><input type="radio" name="r" value="two">
      <crowd-checkbox name="ok" required></crowd-checkbox><input type="hidden" name="h" value="1">
      <select name="s"><option value="">choose</option><option>blue</option></select>
      <input type="number" name="n" min="2" max="2"><textarea name="t">preset</textarea><crowd-input disabled name="d"></crowd-input>`);
    const truth: Truth = { level: 0.5, among: (options, many) => options.slice(0, many ? 2 : 1), drawn: () => () => 0.5 };
    const answer = answerForm(fields, truth, { name: 'a', accuracy: 1, secondsPerTask: 1, dropout: 0, decline: 0 }, () => 0.5);
    expect(answer).toEqual({ m: { labels: ['x', 'y'] }, r: { one: true, two: false }, ok: { on: true }, s: 'blue', n: '2', t: 'preset' });
  });
});
