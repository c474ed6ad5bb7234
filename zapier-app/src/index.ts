import { defineApp, version as platformVersion } from 'zapier-platform-core';
import { version } from '../package.json';
import { authentication } from './authentication';
import { triggerCall } from './creates/trigger-call';

export = defineApp({
  version,
  platformVersion,
  flags: {
    // An empty field is told from one that was left out, and the client says what is missing.
    cleanInputData: false,
    // Every request goes through `z.request`, which logs by itself; so Node's own http is left as it is.
    skipHttpPatch: true,
  },
  authentication,
  creates: { [triggerCall.key]: triggerCall },
});
