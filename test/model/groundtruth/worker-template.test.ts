import { Liquid } from 'liquidjs';
import { parse } from 'node-html-parser';
import { builtInTaskType } from '../../../src/model/groundtruth/task-types';
import { defaultTemplateTexts, standardTemplate, templateProblems } from '../../../src/model/groundtruth/worker-template';

const liquid = new Liquid();
liquid.registerFilter('to_json', (value) => JSON.stringify(value));
liquid.registerFilter('grant_read_access', (uri: string) => uri.replace('s3://', 'https://signed/'));

/** The page as a worker's browser gets it. */
function render(id: string, input: Record<string, unknown>, texts: Partial<ReturnType<typeof defaultTemplateTexts>> = {}) {
  const type = builtInTaskType(id);
  const template = standardTemplate(type, { ...defaultTemplateTexts(type), ...texts });
  return parse(liquid.parseAndRenderSync(template, { task: { input } }));
}

const LABELS = ['it\'s "ham"', '<spam>', '&amp;'];

test.each([
  ['TextMultiClass', 'crowd-classifier'],
  ['TextMultiClassMultiLabel', 'crowd-classifier-multi-select'],
  ['ImageMultiClass', 'crowd-image-classifier'],
  ['ImageMultiClassMultiLabel', 'crowd-image-classifier-multi-select'],
])('%s has a <%s> of that name with the labels', (id, element) => {
  const found = render(id, { taskObject: 's3://b/k', labels: LABELS }).querySelector(`crowd-form > ${element}`)!;
  expect(found.getAttribute('name')).toBe(element);
  expect(JSON.parse(found.getAttribute('categories')!)).toEqual(LABELS);
  expect(found.querySelector('short-instructions')).not.toBeNull();
  expect(found.querySelector('full-instructions')).not.toBeNull();
});

test('text is shown as it is, never as HTML', () => {
  const text = '</classification-target><script>steal()</script> {{ x }} "quoted"';
  const page = render('TextMultiClass', { taskObject: text, labels: LABELS });
  expect(page.querySelector('classification-target')!.text).toBe(text);
  expect(page.querySelectorAll('script')).toHaveLength(1);
});

test('images are shown by a link that is good for reading', () => {
  const page = render('ImageMultiClass', { taskObject: 's3://bucket/a.png', labels: LABELS });
  expect(page.querySelector('crowd-image-classifier')!.getAttribute('src')).toBe('https://signed/bucket/a.png');
});

test('a user\'s texts are neither HTML nor Liquid', () => {
  const header = 'Is "{{ task.input.labels }}" <b>spam</b> & {% raw %}?';
  const page = render('TextMultiClass', { taskObject: 'x', labels: LABELS }, { header, shortInstructions: header, fullInstructions: header });
  expect(page.querySelector('crowd-classifier')!.getAttribute('header')).toBe(header);
  expect(page.querySelector('short-instructions')!.text).toBe(header);
  expect(page.querySelector('full-instructions')!.text).toBe(header);
});

test('fails for a type without a page of the library', () => {
  expect(() => standardTemplate(builtInTaskType('VerificationBoundingBox'), { header: '', shortInstructions: '', fullInstructions: '' })).toThrow('no standard template');
});

test('fails for a page without a form, and for one that is too long', () => {
  expect(templateProblems('<p>hi</p>', 100)).toEqual([expect.stringContaining('<crowd-form>')]);
  expect(templateProblems(`<crowd-form>${'x'.repeat(100)}</crowd-form>`, 100)).toEqual([expect.stringContaining('at most 100')]);
  expect(templateProblems('<crowd-form></crowd-form>', 100)).toEqual([]);
});
