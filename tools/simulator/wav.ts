const samplesPerSecond = 8000;
const bytesPerSample = 2;
const headerBytes = 44;
const audibleSeconds = 2;
const loudness = 0.25;

/** A playable recording: PCM, 8 kHz, mono, 16 bit. It plays the tones (in Hz) for two seconds, and is silent then. */
export function wav(durationSeconds: number, tones: number[]): Buffer {
  const samples = Math.round(durationSeconds * samplesPerSecond);
  const file = Buffer.alloc(headerBytes + samples * bytesPerSample);
  writeHeader(file);
  const audible = Math.min(samples, audibleSeconds * samplesPerSecond);
  for (let index = 0; index < audible; index += 1) {
    const value = amplitude(index / samplesPerSecond, tones);
    file.writeInt16LE(Math.round(value * 0x7fff), headerBytes + index * bytesPerSample);
  }
  return file;
}

function amplitude(seconds: number, tones: number[]): number {
  const sum = tones.reduce((total, hertz) => total + Math.sin(2 * Math.PI * hertz * seconds), 0);
  return (loudness * sum) / tones.length;
}

function writeHeader(file: Buffer): void {
  const pcm = 1;
  const channels = 1;
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(pcm, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(samplesPerSecond, 24);
  file.writeUInt32LE(samplesPerSecond * bytesPerSample, 28);
  file.writeUInt16LE(bytesPerSample, 32);
  file.writeUInt16LE(bytesPerSample * 8, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(file.length - headerBytes, 40);
}
