/** What the served operations leave out. */
export const SIMPLIFIED: Readonly<Record<string, string>> = {
  CreateStack: 'rollback triggers and notification topics are recorded, not used; no stack policies; the service role is recorded, resources are made as the root caller',
  UpdateStack: 'as CreateStack; no stack policy during updates',
  DeleteStack: 'refused while an update or rollback runs; during a creation it ends the creation first',
  CreateChangeSet: 'computed at once; no imports of existing resources, no nested change sets, no drift-aware change sets',
  DescribeChangeSet: 'details name the differing top-level properties',
  GetTemplate: 'the processed template is the original one',
  ListStacks: 'deleted stacks stay for the engine\'s life, not for 90 days',
};

export const NOTES = [
  'Types without simulation are accepted, recorded and reported (event, `deploy`, `GET /_local/recorded-resources`); their properties are not checked and their attributes are placeholders.',
  'Properties are checked with the registry\'s own schemas, when the resource is made; a property of a simulated type without effect is named in the resource\'s event.',
  'Only the transform AWS::LanguageExtensions is served, of it Fn::Length, Fn::ToJsonString and the default value of Fn::FindInMap.',
  'Parameters of AWS-specific types are not looked up.',
];
