import { ServerError } from './dograh-error';

/** The error for a 429 or 5xx after a read. @param message without text of a 5xx, which may contain SQL */
export function serverError(status: number, message: string, detail?: string): ServerError {
  return new ServerError({
    status,
    detail,
    message,
    hint:
      status === 500
        ? "The same request will probably fail again. Check its values, then the server's log."
        : 'Try again later.',
  });
}
