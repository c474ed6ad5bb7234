import { defineApp, version as platformVersion } from 'zapier-platform-core';
import { version } from '../package.json';
import { authentication } from './authentication';
import { triggerCall } from './creates/trigger-call';
import { recordingFile, transcriptFile, transcriptText } from './hydrators/run-files';
import { findRun } from './searches/find-run';
import { agentList } from './triggers/dropdowns/agent-list';
import { callCompleted } from './triggers/call-completed';
import { phoneNumberList } from './triggers/dropdowns/phone-number-list';
import { telephonyConfigurationList } from './triggers/dropdowns/telephony-configuration-list';

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
  triggers: {
    [callCompleted.key]: callCompleted,
    [agentList.key]: agentList,
    [telephonyConfigurationList.key]: telephonyConfigurationList,
    [phoneNumberList.key]: phoneNumberList,
  },
  searches: { [findRun.key]: findRun },
  creates: { [triggerCall.key]: triggerCall },
  hydrators: { recordingFile, transcriptFile, transcriptText },
});
