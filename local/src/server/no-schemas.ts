import type { FastifyServerOptions } from 'fastify';

const never = (): never => {
  throw new Error('no route of the engine has a schema');
};

/** Routes have no schemas here: without this, fastify would load two compilers for them, which takes a third of the engine's start. */
export const NO_SCHEMAS: Pick<FastifyServerOptions, 'schemaController'> = {
  schemaController: { compilersFactory: { buildValidator: never, buildSerializer: never } },
};
