/** `<stack>-<logical id>-<suffix>`; where that is too long, the stack's name is cut first, to half of the room at least. */
export function generatedName(stackName: string, logicalId: string, suffix: string, maximumLength = 128): string {
  const room = maximumLength - suffix.length - 2;
  const stack = stackName.slice(0, Math.max(Math.floor(room / 2), room - logicalId.length));
  return `${stack}-${logicalId.slice(0, room - stack.length)}-${suffix}`;
}
