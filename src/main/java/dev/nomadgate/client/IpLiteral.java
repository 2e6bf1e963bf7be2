package dev.nomadgate.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * IP addresses as text, read without ever asking DNS.
 *
 * <p>{@link InetAddress#getByName} resolves whatever it does not recognise as a literal, and reads
 * {@code 127.1} and {@code 010.0.0.1} in surprising ways; text that a client sent must reach neither.
 * Only the JDK is used here: a command-line tool runs on this class alone.
 */
public final class IpLiteral {

    private IpLiteral() {
    }

    /**
     * Reads an IPv4 address of four decimal parts without leading zeros, or an IPv6 address
     * (RFC 4291 §2.2) with or without brackets. An IPv4-mapped IPv6 address (§2.5.5.2) is returned as
     * the IPv4 address. Zone ids, names and anything around the literal are not addresses.
     *
     * @param text any text, {@code null} included
     * @return the address, or empty if the text is not exactly one literal
     */
    public static Optional<InetAddress> parse(String text) {
        if (text == null) {
            return Optional.empty();
        }
        boolean bracketed = text.length() > 2 && text.startsWith("[") && text.endsWith("]");
        byte[] bytes = bracketed ? ipv6(text.substring(1, text.length() - 1)) : bytes(text);
        return bytes == null ? Optional.empty() : Optional.of(address(bytes));
    }

    /**
     * Writes an address as RFC 5952 §4 recommends: IPv6 in lower case, the longest run of zeros
     * compressed, no zone id, no brackets.
     */
    public static String format(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? formatIpv4(bytes) : formatIpv6(bytes);
    }

    /** The 4 or 16 bytes of an unbracketed literal, mapped addresses as they are; null if it is none. */
    static byte[] bytes(String text) {
        return text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text);
    }

    static byte[] ipv4(String text) {
        if (text.length() < 7 || text.length() > 15) {
            return null;
        }
        byte[] bytes = new byte[4];
        int start = 0;
        for (int i = 0; i < 4; i++) {
            int end = i < 3 ? text.indexOf('.', start) : text.length();
            String part = end < 0 ? "" : text.substring(start, end);
            int value = number(part, 3, 10);
            if (value < 0 || value > 255 || part.length() > 1 && part.charAt(0) == '0') {
                return null;
            }
            bytes[i] = (byte) value;
            start = end + 1;
        }
        return bytes;
    }

    static byte[] ipv6(String text) {
        int length = text.length();
        if (length < 2 || length > 45 || text.charAt(0) == ':' && text.charAt(1) != ':') {
            return null;
        }
        byte[] head = new byte[16];
        int filled = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < length) {
            int colon = text.indexOf(':', at);
            String part = colon < 0 ? text.substring(at) : text.substring(at, colon);
            if (colon < 0 && part.indexOf('.') >= 0) {
                byte[] tail = ipv4(part);
                if (tail == null || filled > 12) {
                    return null;
                }
                System.arraycopy(tail, 0, head, filled, 4);
                filled += 4;
                break;
            }
            int group = number(part, 4, 16);
            if (group < 0 || filled > 14) {
                return null;
            }
            head[filled++] = (byte) (group >> 8);
            head[filled++] = (byte) group;
            if (colon < 0) {
                break;
            }
            at = colon + 1;
            if (at == length) {
                return null;
            }
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = filled;
                at++;
            }
        }
        if (gap < 0) {
            return filled == 16 ? head : null;
        }
        if (filled > 14) {
            return null;
        }
        byte[] bytes = new byte[16];
        System.arraycopy(head, 0, bytes, 0, gap);
        System.arraycopy(head, gap, bytes, 16 - (filled - gap), filled - gap);
        return bytes;
    }

    static String formatIpv6(byte[] bytes) {
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && group(bytes, i + run) == 0) {
                run++;
            }
            if (run > gapLength) {
                gap = i;
                gapLength = run;
            }
        }
        StringBuilder out = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == gap) {
                out.append("::");
                i += gapLength - 1;
                continue;
            }
            if (i > 0 && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(group(bytes, i)));
        }
        return out.toString();
    }

    /** The address of 4 or 16 bytes; mapped ones come back as IPv4, as the JDK does it. */
    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }

    private static String formatIpv4(byte[] bytes) {
        return (bytes[0] & 255) + "." + (bytes[1] & 255) + "." + (bytes[2] & 255) + "." + (bytes[3] & 255);
    }

    private static int group(byte[] bytes, int index) {
        return (bytes[2 * index] & 255) << 8 | bytes[2 * index + 1] & 255;
    }

    /** ASCII digits only: {@code Integer.parseInt} takes signs and every script's digits. */
    static int number(String text, int maxDigits, int radix) {
        if (text.isEmpty() || text.length() > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
