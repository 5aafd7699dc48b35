import type { EngineCore } from '../../../local/src/core/engine';
import { ServiceError } from '../../../local/src/core/service';
import { checkRole } from '../../../local/src/services/sagemaker/checks/role';

const ARN = 'arn:aws:iam::123456789012:role/path/labeling';
const trust = (service: string) => encodeURIComponent(JSON.stringify({
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
}));

function core(iam: 'off' | 'enforce', role?: { Arn: string; AssumeRolePolicyDocument: string }): EngineCore {
  const call = async (_service: string, _operation: string, { RoleName }: { RoleName: string }) => {
    if (role === undefined || RoleName !== 'labeling') throw new ServiceError('NoSuchEntity', 'no such role');
    return { Role: role };
  };
  return { settings: { iam }, call } as unknown as EngineCore;
}

describe('the execution role', () => {
  test('passes when SageMaker may assume it', async () => {
    await expect(checkRole(core('enforce', { Arn: ARN, AssumeRolePolicyDocument: trust('sagemaker.amazonaws.com') }), 'RoleArn', ARN)).resolves.toBeUndefined();
  });

  test('is refused when only another service may, even with IAM off', async () => {
    await expect(checkRole(core('off', { Arn: ARN, AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }), 'RoleArn', ARN))
      .rejects.toMatchObject({ code: 'ValidationException', message: expect.stringContaining("allows principal 'sagemaker.amazonaws.com'") });
  });

  test('may be unknown with IAM off only', async () => {
    await expect(checkRole(core('off'), 'RoleArn', ARN)).resolves.toBeUndefined();
    await expect(checkRole(core('enforce'), 'RoleArn', ARN)).rejects.toMatchObject({ code: 'ValidationException' });
  });
});
