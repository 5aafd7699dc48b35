/** Where an assembly is deployed. */
export interface Environment {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** Replaces what an assembly leaves open until it is known where it goes. */
export function resolvePlaceholders(text: string, { account, region, partition }: Environment): string {
  return text.replaceAll('${AWS::AccountId}', account).replaceAll('${AWS::Region}', region).replaceAll('${AWS::Partition}', partition);
}
