import { startEngine, type TestEngine } from '../engine-for-tests';

const JOBS = { ServiceCode: 'sagemaker', QuotaCode: 'L-150039CA' };

describe('service quotas', () => {
  let engine: TestEngine;
  afterEach(() => engine.stop());

  /** As any client of the JSON protocol asks. */
  const ask = async (operation: string, input: object) => {
    const response = await fetch(engine.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': `ServiceQuotasV20190624.${operation}`, 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify(input),
    });
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of many shapes
    return { status: response.status, body: await response.json() as Record<string, any> };
  };

  test('documented: a new account has one labeling job and no streaming job', async () => {
    engine = await startEngine({ quota: 'documented' });
    expect(await ask('GetServiceQuota', JOBS)).toMatchObject({
      status: 200,
      body: { Quota: { ...JOBS, Value: 1, Adjustable: true, QuotaArn: 'arn:aws:servicequotas:us-east-1:123456789012:sagemaker/L-150039CA' } },
    });
    const { body: { Quotas } } = await ask('ListServiceQuotas', { ServiceCode: 'sagemaker' });
    expect(Quotas.map((quota: { QuotaCode: string; Value: number }) => [quota.QuotaCode, quota.Value]))
      .toEqual([['L-150039CA', 1], ['L-C3E706F6', 0], ['L-1BAEE5A7', 25]]);
    const { body: first } = await ask('ListServiceQuotas', { ServiceCode: 'sagemaker', MaxResults: 2 });
    const { body: rest } = await ask('ListServiceQuotas', { ServiceCode: 'sagemaker', MaxResults: 2, NextToken: first.NextToken });
    expect([...first.Quotas, ...rest.Quotas]).toEqual(Quotas);
    expect(rest.NextToken).toBeUndefined();
  });

  test('a raised quota is what clients read; the default stays the default', async () => {
    engine = await startEngine();
    expect(await engine.control('GET', 'quotas')).toMatchObject({ body: { labelingJobs: null } });
    expect(await engine.control('POST', 'quotas', { labelingJobs: 3 })).toMatchObject({ status: 200, body: { labelingJobs: 3, workteams: null } });
    expect((await ask('GetServiceQuota', JOBS)).body.Quota.Value).toBe(3);
    expect((await ask('GetAWSDefaultServiceQuota', JOBS)).body.Quota.Value).toBe(1);
    expect(await engine.control('POST', 'quotas', { labelingJobs: null })).toMatchObject({ body: { labelingJobs: null } });
  });

  test.each([{ jobs: 3 }, { labelingJobs: -1 }, { labelingJobs: 1.5 }, { labelingJobs: '3' }])('refuses to set %p', async (body) => {
    engine = await startEngine();
    expect(await engine.control('POST', 'quotas', body)).toMatchObject({ status: 400, body: { code: 'ValidationException' } });
  });

  test.each([{ ...JOBS, QuotaCode: 'L-00000000' }, { ...JOBS, ServiceCode: 'ec2' }])('knows no quota %p', async (request) => {
    engine = await startEngine();
    expect(await ask('GetServiceQuota', request)).toMatchObject({ status: 400, body: { __type: expect.stringContaining('NoSuchResourceException') } });
  });
});
