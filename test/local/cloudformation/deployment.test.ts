import { custom, FakeWorld, queue } from './fake-world';

const failing = (verb: string) => ({ Tags: [{ Key: 'Fail', Value: verb }] });

describe('create', () => {
  test('makes resources in order of their dependencies', async () => {
    const world = new FakeWorld();
    await expect(world.create({ B: custom({ A: { Ref: 'A' } }), A: queue(), C: queue({}, { DependsOn: 'B' }) })).resolves.toBe('CREATE_COMPLETE');
    expect(world.asked).toEqual(['create A', 'create B', 'create C']);
    expect(world.requests[1].properties.A).toBe('stack-A-1');
  });

  test('rolls back in the other order; a failed custom resource is deleted by the id of its answer', async () => {
    const world = new FakeWorld();
    await expect(world.create({ A: queue(), B: custom({ A: { Ref: 'A' }, Fail: 'Create', Id: 'b1' }), C: queue({}, { DependsOn: 'B' }) })).resolves.toBe('ROLLBACK_COMPLETE');
    expect(world.asked).toEqual(['create A', 'create B', 'delete B b1', 'delete A stack-A-1']);
    expect(world.events('stack')).toEqual([
      'CREATE_IN_PROGRESS: User Initiated', 'ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [B]. Rollback requested by user.', 'ROLLBACK_COMPLETE',
    ]);
  });

  test('nobody waits for a custom resource when another fails; its Delete comes with an invented id', async () => {
    const world = new FakeWorld();
    await expect(world.create({ A: queue(failing('create')), B: custom({ Hang: 'Create' }) })).resolves.toBe('ROLLBACK_COMPLETE');
    expect(world.asked.slice(0, 2).sort()).toEqual(['create A', 'create B']);
    expect(world.asked.slice(2)).toEqual(['delete B stack-B-1']);
    expect(world.events('B')).toContain('CREATE_FAILED: Resource creation cancelled');
  });

  test('a failed resource without id is not deleted, retained ones stay, RetainExceptOnCreate goes', async () => {
    const world = new FakeWorld();
    await world.create({
      Kept: queue({}, { DeletionPolicy: 'Retain' }),
      Gone: queue({}, { DeletionPolicy: 'RetainExceptOnCreate' }),
      Bad: queue(failing('create'), { DependsOn: ['Kept', 'Gone'] }),
    });
    expect(world.asked.filter((ask) => ask.startsWith('delete'))).toEqual(['delete Gone stack-Gone-2']);
    expect(world.events('Kept')).toContain('DELETE_SKIPPED');
  });

  test('OnFailure decides what a failure leaves', async () => {
    const nothing = new FakeWorld();
    await expect(nothing.create({ A: queue(failing('create')) }, 'DO_NOTHING')).resolves.toBe('CREATE_FAILED');
    const gone = new FakeWorld();
    await expect(gone.create({ A: queue(failing('create')) }, 'DELETE')).resolves.toBe('DELETE_COMPLETE');
  });

  test('properties are checked before the provider is asked', async () => {
    const world = new FakeWorld();
    await expect(world.create({ A: queue({ Foo: 1 }) })).resolves.toBe('ROLLBACK_COMPLETE');
    expect(world.asked).toEqual([]);
    expect(world.events('A')).toContain('CREATE_FAILED: Properties validation failed for resource A with message:\n[#: extraneous key [Foo] is not permitted]');
  });

  test('an attribute that the answer lacks fails whoever reads it', async () => {
    const world = new FakeWorld();
    await world.create({ A: custom(), B: queue({ QueueName: { 'Fn::GetAtt': ['A', 'Missing'] } }) });
    expect(world.events('B').join()).toContain('CustomResource attribute error: Vendor response doesn\'t contain Missing attribute in object');
  });
});

describe('update', () => {
  test('asks only for what differs', async () => {
    const world = new FakeWorld();
    await world.create({ A: queue({ DelaySeconds: 1 }), B: custom({ X: '1' }), C: custom({ X: '1', B: { Ref: 'B' } }) });
    await expect(world.update({ A: queue({ DelaySeconds: '1' }), B: custom({ X: '2' }), C: custom({ X: 1, B: { Ref: 'B' } }) })).resolves.toBe('UPDATE_COMPLETE');
    expect(world.asked).toEqual(['update B stack-B-2']);
    expect(world.requests[0]).toMatchObject({ properties: { X: '2' }, before: { X: '1' } });
  });

  test('replacement creates first and removes the old one when all is done, after what needed it', async () => {
    const world = new FakeWorld();
    await world.create({ A: queue({ QueueName: 'a' }), B: custom({ A: { Ref: 'A' } }) });
    await expect(world.update({ A: queue({ QueueName: 'b' }), B: custom({ A: { Ref: 'A' } }) })).resolves.toBe('UPDATE_COMPLETE');
    expect(world.asked).toEqual(['create A', 'update B stack-B-2', 'delete A stack-A-1']);
    expect(world.requests[2].properties).toMatchObject({ QueueName: 'a' });
  });

  test('another physical id of a custom resource is a replacement: the old id gets its Delete, with its own properties', async () => {
    const world = new FakeWorld();
    await world.create({ B: custom({ Id: 'b1' }) });
    await world.update({ B: custom({ Id: 'b2' }) });
    expect(world.asked).toEqual(['update B b1', 'delete B b1']);
    expect(world.requests[1].properties).toMatchObject({ Id: 'b1' });
    expect(world.stack.resources.get('B')!.physicalId).toBe('b2');
  });

  test('a failed clean-up is ignored: the resource is abandoned', async () => {
    const world = new FakeWorld();
    await world.create({ A: queue(failing('delete')), B: queue() });
    await expect(world.update({ B: queue() })).resolves.toBe('UPDATE_COMPLETE');
    expect(world.events('A')).toContain('DELETE_FAILED: delete failed');
    expect([...world.stack.resources.keys()]).toEqual(['B']);
  });

  test('UpdateReplacePolicy and DeletionPolicy keep what they should', async () => {
    const world = new FakeWorld();
    const kept = { UpdateReplacePolicy: 'Retain', DeletionPolicy: 'Retain' };
    await world.create({ A: queue({ QueueName: 'a' }, kept), B: queue({}, kept) });
    await world.update({ A: queue({ QueueName: 'b' }, kept) });
    expect(world.asked).toEqual(['create A']);
  });

  test('a service token may not change', async () => {
    const world = new FakeWorld();
    await world.create({ B: custom() });
    await expect(world.update({ B: custom({ ServiceToken: 'other' }) })).resolves.toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(world.asked).toEqual([]);
    expect(world.events('B')).toContain('UPDATE_FAILED: Modifying service token is not allowed.');
  });
});

describe('rollback of an update', () => {
  test('a failed Update is followed by another, old and new swapped, with the id last returned; that id gets a clean-up Delete', async () => {
    const world = new FakeWorld();
    await world.create({ B: custom({ Id: 'b1' }) });
    await expect(world.update({ B: custom({ Id: 'b2', Fail: 'Update' }) })).resolves.toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(world.asked).toEqual(['update B b1', 'update B b2', 'delete B b2']);
    expect(world.requests[1]).toMatchObject({ properties: { Id: 'b1' }, before: { Id: 'b2', Fail: 'Update' } });
    expect(world.requests[2].properties).toMatchObject({ Id: 'b2' });
    expect(world.stack.resources.get('B')!.physicalId).toBe('b1');
  });

  test('what was updated is updated back, what was replaced stands again, what was new goes', async () => {
    const world = new FakeWorld();
    await world.create({ A: queue({ DelaySeconds: 1 }), R: queue({ QueueName: 'r1' }), B: custom({ Id: 'b1' }, { DependsOn: ['A', 'R'] }) });
    await expect(world.update({
      A: queue({ DelaySeconds: 2 }), R: queue({ QueueName: 'r2' }), N: queue(), B: custom({ Id: 'b1', X: '1', Fail: 'Update' }, { DependsOn: ['A', 'R', 'N'] }),
    })).resolves.toBe('UPDATE_ROLLBACK_COMPLETE');
    const after = world.asked.slice(world.asked.indexOf('update B b1') + 1);
    expect(after.map((ask) => ask.replace(/-\d$/, '')).sort()).toEqual(['delete N stack-N', 'delete R stack-R', 'update A stack-A', 'update B b1']);
    expect(after).not.toContain('delete R stack-R-2');
    expect(world.stack.resources.get('R')!.physicalId).toBe('stack-R-2');
    expect([...world.stack.resources.keys()].sort()).toEqual(['A', 'B', 'R']);
  });

  test('an update that is cancelled rolls back while the old waiter still runs', async () => {
    const world = new FakeWorld();
    await world.create({ B: custom({ X: '1', Id: 'b1' }) });
    await expect(world.cancelledUpdate({ B: custom({ X: '2', Id: 'b1', Hang: 'Update' }) })).resolves.toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(world.asked).toEqual(['update B b1', 'update B b1']);
    expect(world.events('B')).toContain('UPDATE_FAILED: Resource update cancelled');
    expect(world.events('stack')).toContain('UPDATE_ROLLBACK_IN_PROGRESS: User Initiated');
  });

  test('a rollback that fails can be continued without the resource', async () => {
    const world = new FakeWorld();
    await world.create({ B: custom({ X: '1', Id: 'b1' }) });
    world.failing.add('B');
    await expect(world.update({ B: custom({ X: '3', Id: 'b1' }) })).resolves.toBe('UPDATE_ROLLBACK_FAILED');
    await expect(world.continueRollback(['B'])).resolves.toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('without rollback the stack stays failed, and the next update tries the failed resource again', async () => {
    const world = new FakeWorld();
    await world.create({ B: custom({ X: '1', Id: 'b1' }) });
    await expect(world.update({ B: custom({ X: '2', Id: 'b1', Fail: 'Update' }) }, true)).resolves.toBe('UPDATE_FAILED');
    await expect(world.update({ B: custom({ X: '2', Id: 'b1' }) })).resolves.toBe('UPDATE_COMPLETE');
    expect(world.asked).toEqual(['update B b1']);
  });
});

describe('delete', () => {
  test('goes against the dependencies; what fails blocks what it needs', async () => {
    const world = new FakeWorld();
    await world.create({ A: queue(), B: custom({ A: { Ref: 'A' }, Fail: 'Delete', Id: 'b1' }), C: queue() });
    await expect(world.delete()).resolves.toBe('DELETE_FAILED');
    expect(world.asked.sort()).toEqual(['delete B b1', 'delete C stack-C-2']);
    expect(world.stack.statusReason).toBe('The following resource(s) failed to delete: [B]. ');
    await expect(world.delete(['B'])).resolves.toBe('DELETE_COMPLETE');
    expect(world.asked).toEqual(['delete A stack-A-1']);
  });
});
