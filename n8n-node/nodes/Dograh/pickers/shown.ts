import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { toNodeError } from '../../host/errors';

/** For `catch` of what fills a list: it shows what happened, and what to do. */
export function shown(context: ILoadOptionsFunctions): (error: unknown) => never {
  return (error) => {
    throw toNodeError(error, context.getNode(), 0, '');
  };
}

/** The same for a dropdown, which shows nothing but the message. */
export function shownInMessage(context: ILoadOptionsFunctions): (error: unknown) => never {
  return (error) => {
    const nodeError = toNodeError(error, context.getNode(), 0, '');
    nodeError.message = [nodeError.message, nodeError.description].filter(Boolean).join(' ');
    throw nodeError;
  };
}
