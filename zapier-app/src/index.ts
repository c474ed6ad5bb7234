import { defineApp, version as platformVersion } from 'zapier-platform-core';
import { version } from '../package.json';
import { authentication } from './authentication';
import { launchCampaign } from './creates/launch-campaign';
import { triggerCall } from './creates/trigger-call';
import { recordingFile, transcriptFile, transcriptText } from './hydrators/run-files';
import { checkNumber } from './searches/check-number';
import { findRun } from './searches/find-run';
import { agentList } from './triggers/dropdowns/agent-list';
import { callCompleted } from './triggers/call-completed';
import { dispositionList } from './triggers/dropdowns/disposition-list';
import { phoneNumberList } from './triggers/dropdowns/phone-number-list';
import { telephonyConfigurationList } from './triggers/dropdowns/telephony-configuration-list';

export = defineApp({
  version,
  platformVersion,
  flags: {
    // The app must see the difference between an empty field and one that was left out.
    cleanInputData: false,
    // Node's own http needs no patch for logs, because every request goes through `z.request`.
    skipHttpPatch: true,
  },
  authentication,
  triggers: {
    [callCompleted.key]: callCompleted,
    [agentList.key]: agentList,
    [dispositionList.key]: dispositionList,
    [telephonyConfigurationList.key]: telephonyConfigurationList,
    [phoneNumberList.key]: phoneNumberList,
  },
  searches: { [findRun.key]: findRun, [checkNumber.key]: checkNumber },
  creates: { [triggerCall.key]: triggerCall, [launchCampaign.key]: launchCampaign },
  hydrators: { recordingFile, transcriptFile, transcriptText },
});
