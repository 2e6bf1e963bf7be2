/**
 * What happened in a session, kept as an asciicast: made ({@link dev.nomadgate.recording.Recorder}), kept within bounds
 * ({@link dev.nomadgate.recording.CleanUp}), and found again ({@link dev.nomadgate.recording.RecordingStore}).
 *
 * @see <a href="https://docs.asciinema.org/manual/asciicast/v2/">asciicast v2</a>
 */
package dev.nomadgate.recording;
