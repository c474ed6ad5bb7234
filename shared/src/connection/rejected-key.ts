import { AuthenticationError } from '../errors/dograh-error';
import { said } from '../transport/answer';

/** The text of both hosts after a 401. */
export const REJECTED_KEY = {
  message: 'Dograh does not accept the API key',
  hint: 'Check the key under API Keys in the Dograh dashboard, or create a new one there. It may have been revoked.',
};

/** @param detail Dograh's own text, if there is one */
export function rejectedKeyError(detail: string | undefined): AuthenticationError {
  const { message, hint } = REJECTED_KEY;
  return new AuthenticationError({
    status: 401,
    detail,
    message: `${message}${said(detail)}.`,
    hint,
  });
}
