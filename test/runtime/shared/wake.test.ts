import { wakeJobs } from '../../../runtime/shared/wake';
import { NOT_YET, type Wake } from '../../../src/s3batch/private/data-preparation-contract';

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

const WAKES = JSON.stringify(['a', 'b', 'c'].map((functionArn) => ({ functionArn, event: {} })) as unknown as Wake[]);

test('what one job lacks keeps no other waiting', async () => {
  const woken: string[] = [];
  const invoke = async (functionArn: string): Promise<unknown> => {
    woken.push(functionArn);
    if (functionArn === 'a') throw new Error('no such class');
    return functionArn === 'b' ? { skipped: 'its deployment is not finished' } : null;
  };
  await expect(wakeJobs({ action: 'wake', wakes: WAKES }, { invoke })).rejects.toThrow('no such class');
  expect(woken).toEqual(['a', 'b', 'c']);
});

test('who cannot act yet is woken again', async () => {
  const invoke = async (functionArn: string): Promise<unknown> => (functionArn === 'b' ? { skipped: 'its deployment is not finished' } : null);
  await expect(wakeJobs({ action: 'wake', wakes: WAKES }, { invoke })).rejects.toMatchObject({ name: NOT_YET });
  await expect(wakeJobs({ action: 'wake', wakes: '[]' }, { invoke })).resolves.toEqual({ next: 'done' });
});
