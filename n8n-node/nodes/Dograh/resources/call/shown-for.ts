/** For the operations that take a call. */
export const SHOWN_FOR_CALLS = {
  resource: ['call'],
  operation: ['preview', 'trigger', 'triggerAndWait'],
};

export const SHOWN_FOR_DIALLING = { resource: ['call'], operation: ['trigger', 'triggerAndWait'] };

export const SHOWN_FOR_WAITING = { resource: ['call'], operation: ['triggerAndWait'] };
