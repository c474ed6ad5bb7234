/** How a run was connected: by phone, by voice in a browser, or by text. The words are Dograh's. */
export type CallChannel = 'telephony' | 'web' | 'chat';

/** The modes that are no phone call. Every other mode is the name of a telephony provider. */
const OTHER_CHANNELS: ReadonlyMap<string, CallChannel> = new Map([
  ['webrtc', 'web'],
  ['smallwebrtc', 'web'],
  ['textchat', 'chat'],
  ['chat', 'chat'],
]);

/** @param mode of a run; null if Dograh does not say it */
export function channelOf(mode: string | null): CallChannel | null {
  return mode === null ? null : (OTHER_CHANNELS.get(mode.toLowerCase()) ?? 'telephony');
}

/** Whether a run may be a phone call. Tests in a browser and text chats are not. */
export function isPhoneCall({ mode }: { readonly mode: string | null }): boolean {
  const channel = channelOf(mode);
  return channel === null || channel === 'telephony';
}

/** Whether a choice of channels lets a run through. */
export function isChannelWanted(
  { onlyPhoneCalls }: { readonly onlyPhoneCalls: boolean },
  run: { readonly mode: string | null },
): boolean {
  return !onlyPhoneCalls || isPhoneCall(run);
}
