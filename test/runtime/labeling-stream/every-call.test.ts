import { Fault } from './chaos';
import { Faults } from './fake-stream';
import { StreamLife } from './stream-life';

const NONE: Faults = new Map();

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

/** Records come, some twice; one is labeled, one fails; the job ends and another follows. Each kind of call is made in it. */
async function live(faultsOf: (part: string) => Faults): Promise<StreamLife> {
  const life = new StreamLife();
  const { stream } = life;
  stream.running({ most: 4, workers: 1, isStale: false });
  life.send([0, 1, 2, 3, 4, 1], true);
  await stream.together(stream.takeIn(10, faultsOf('intake')));
  await stream.together(stream.forward(faultsOf('forward')));
  life.label([0], false, false);
  life.label([0], true, false);
  life.label([0], false, true);
  await stream.together(stream.collect(10, faultsOf('collect')));
  stream.end();
  stream.running({ most: 4, workers: 1, isStale: false });
  stream.time += 1_000_000;
  await stream.together(stream.forward(faultsOf('sweep')));
  life.send([5], false);
  await life.settle();
  return life;
}

test.each(['intake', 'forward', 'collect', 'sweep'])('a fault at any call of %s: each key gets one label, and none is lost', async (part) => {
  for (const fault of ['throttled', 'answer lost', 'crash before', 'crash after'] as Fault[]) {
    for (let call = 0, wasMet = true; wasMet; call++) {
      const faults = new MetFaults([[call, fault]]);
      const life = await live((one) => (one === part ? faults : NONE));
      try {
        life.check();
      } catch (error) {
        throw new Error(`${fault} at call ${call} of ${part}: ${(error as Error).message}`, { cause: error });
      }
      wasMet = faults.wereMet;
    }
  }
});

class MetFaults extends Map<number, Fault> {
  wereMet = false;

  get(call: number): Fault | undefined {
    const fault = super.get(call);
    this.wereMet ||= fault !== undefined;
    return fault;
  }
}
