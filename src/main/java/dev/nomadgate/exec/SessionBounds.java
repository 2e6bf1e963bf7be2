package dev.nomadgate.exec;

import java.time.Duration;

/**
 * @param firstInput how long the browser may take to its first message; zero: for ever
 * @param idle how long the session may pass neither input nor output; zero: for ever
 * @param age how long the session may last; zero: for ever
 * @param messageSize most bytes, or characters of text, of one message
 */
public record SessionBounds(Duration firstInput, Duration idle, Duration age, long messageSize) {
}
