import type { ServiceModel, Shape } from './model';
import type { ServiceError } from '../core/service';

/** How an error goes on the wire: modelled errors may bear a code of their own and a status. */
export interface WireError {
  /** The name of the modelled shape, or the code as thrown. */
  readonly name: string;
  /** The code of the query protocol. */
  readonly code: string;
  readonly statusCode: number;
  readonly shape?: Shape;
}

export function wireError(model: ServiceModel, error: ServiceError): WireError {
  const [name, shape] = modelledError(model, error.code) ?? [error.code, undefined];
  return {
    name,
    code: shape?.error?.code ?? error.code,
    statusCode: error.statusCode === 400 ? shape?.error?.httpStatusCode ?? 400 : error.statusCode,
    shape,
  };
}

/** Services throw either the shape's name or its wire code. */
function modelledError(model: ServiceModel, code: string): [string, Shape] | undefined {
  const shape = model.shapes[code];
  if (shape?.exception || shape?.error) return [code, shape];
  return Object.entries(model.shapes).find(([, candidate]) => candidate.error?.code === code);
}

/** `message` or `Message`, as the error's own shape spells it. */
export function messageMember(shape: Shape | undefined, fallback: string): string {
  return Object.keys(shape?.members ?? {}).find((name) => name.toLowerCase() === 'message') ?? fallback;
}
