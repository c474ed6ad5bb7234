import { mayHaveDialedContact } from '../../../shared/src/runs/may-have-dialed';

/** Texts that Dograh 1.45 writes into the run of a contact that it could not call. */
describe('the reason why a campaign could not call a contact', () => {
  it.each([
    '400: {"code": 21211, "message": "Invalid \'To\' Phone Number", "status": 400}',
    '403: Failed to initiate call via Cloudonix (HTTP 403): no',
    '401: Failed to initiate Plivo call: unauthorized',
    'Cannot connect to host api.twilio.com:443 ssl:default [Connect call failed]',
    'Twilio provider not properly configured',
    'No phone numbers configured for Cloudonix provider. At least one is required.',
    'You have exhausted your Dograh credits. Please purchase more credits from /billing or change providers in Models configurations.',
    'Could not verify Dograh credits. Please try again.',
    'You have invalid keys in your model configuration. Please validate the service keys.',
    'The Dograh service token being used is created from another account.',
    'Quota exceeded',
    'Workflow not found',
    'Failed to initiate call: 400: invalid number',
  ])('proves that no phone was dialed: %s', (reason) => {
    expect(mayHaveDialedContact(reason)).toBe(false);
  });

  it.each([
    'Server disconnected',
    '500: {"message": "internal error"}',
    '503: no credits service',
    '408: {"message": "timeout"}',
    '500: Plivo response missing call identifier: {}',
    'No session token returned from Cloudonix',
    '[Errno 104] Connection reset by peer',
  ])('proves nothing: %s', (reason) => {
    expect(mayHaveDialedContact(reason)).toBe(true);
  });
});
