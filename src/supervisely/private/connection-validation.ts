import { isKnown, seconds } from '../../private/tokens';
import { ConnectionProps } from '../connection';
import { LONGEST_REQUEST_SECONDS } from './connection-contract';

/** All that is wrong with a connection, as far as synthesis can know. */
export function connectionProblems(props: ConnectionProps): string[] {
  return [...addressProblems(props), ...fieldProblems(props), ...timeProblems(props), ...networkProblems(props)];
}

/** Without the slash at its end, which every path brings along. */
export function withoutSlash(serverUrl: string): string {
  return isKnown(serverUrl) ? serverUrl.replace(/\/+$/, '') : serverUrl;
}

function addressProblems({ serverUrl, allowPlainHttp }: ConnectionProps): string[] {
  if (!isKnown(serverUrl)) return [];
  const url = URL.canParse(serverUrl) ? new URL(serverUrl) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return [`'serverUrl' must be an address like https://supervisely.example.com, got ${JSON.stringify(serverUrl)}`];
  }
  if (url.username !== '' || url.password !== '') return ['\'serverUrl\' must not hold a login or password, put the API token into \'apiToken\''];
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return [`'serverUrl' must end after host and port, got ${JSON.stringify(serverUrl)}: leave the path out`];
  }
  return url.protocol === 'http:' && !allowPlainHttp
    ? [`'serverUrl' ${JSON.stringify(serverUrl)} would send the API token in the clear: use https://, or set 'allowPlainHttp' for a server in the same network`]
    : [];
}

function fieldProblems({ apiTokenField }: ConnectionProps): string[] {
  return apiTokenField === '' ? ['\'apiTokenField\' must not be empty: name a field of the secret, or leave it out'] : [];
}

function timeProblems({ requestTimeout }: ConnectionProps): string[] {
  const problems: string[] = [];
  const value = seconds('requestTimeout', requestTimeout, problems);
  return isKnown(value) && (!Number.isInteger(value) || value < 1 || value > LONGEST_REQUEST_SECONDS)
    ? [`'requestTimeout' must be 1 to ${LONGEST_REQUEST_SECONDS} whole seconds, got ${requestTimeout!.toHumanString()}`]
    : problems;
}

function networkProblems({ vpc, vpcSubnets, securityGroups }: ConnectionProps): string[] {
  if (vpc) return securityGroups?.length === 0 ? ['\'securityGroups\' must hold at least one group, or be left out'] : [];
  return [...vpcSubnets ? ['\'vpcSubnets\' is for a \'vpc\' only, give one or leave it out'] : [], ...securityGroups ? ['\'securityGroups\' is for a \'vpc\' only, give one or leave it out'] : []];
}
