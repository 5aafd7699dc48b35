import { ServiceError } from '../../core/service';

interface PasswordOptions {
  readonly PasswordLength?: number;
  readonly ExcludeCharacters?: string;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly ExcludeLowercase?: boolean;
  readonly IncludeSpace?: boolean;
  readonly RequireEachIncludedType?: boolean;
}

export function randomPassword(random: () => number, options: PasswordOptions): string {
  const { PasswordLength = 32, ExcludeCharacters = '', RequireEachIncludedType = true } = options;
  const kinds = [
    options.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    options.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    options.ExcludeNumbers ? '' : '0123456789',
    options.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    options.IncludeSpace ? ' ' : '',
  ].map((kind) => [...kind].filter((character) => !ExcludeCharacters.includes(character))).filter((kind) => kind.length > 0);
  if (kinds.length === 0 || (RequireEachIncludedType && kinds.length > PasswordLength)) {
    throw new ServiceError('InvalidParameterException', 'The password length and the included character types cannot both be satisfied.');
  }
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)];
  const all = kinds.flat();
  const required = RequireEachIncludedType ? kinds.map(pick) : [];
  const characters = [...required, ...Array.from({ length: PasswordLength - required.length }, () => pick(all))];
  for (let index = characters.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [characters[index], characters[other]] = [characters[other], characters[index]];
  }
  return characters.join('');
}
