import type { DograhClient } from '@dograh/shared';
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { connect } from './client';
import { toNodeError } from './errors';

/** Loads the entries of a list in the form. */
export async function loadList<T>(
  context: ILoadOptionsFunctions,
  load: (client: DograhClient) => Promise<T>,
): Promise<T> {
  return await connect(context)
    .then(load)
    .catch((error: unknown) => {
      throw toListError(error, context);
    });
}

/** A dropdown shows only the message of an error, so the message includes the hint. */
function toListError(error: unknown, context: ILoadOptionsFunctions): Error {
  const nodeError = toNodeError(error, context.getNode(), 0, '');
  nodeError.message = [nodeError.message, nodeError.description].filter(Boolean).join(' ');
  nodeError.description = null;
  return nodeError;
}
