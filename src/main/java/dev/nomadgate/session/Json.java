package dev.nomadgate.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** JSON in and out, by Jackson, without anything of it that outlives a call. */
public final class Json {

    private Json() {
    }

    /** A parser that keeps no buffer in the thread, and so no class loader of the web application. */
    public static JsonParser parser(String text) throws IOException {
        return factory().createParser(text);
    }

    /** One value, written out: maps, iterables, texts, numbers, booleans, null, and optionals of these. */
    public static String write(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = factory().createGenerator(text)) {
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Without limits of Jackson's own: Nomad has none, and what only one of the two can read hides from the other. */
    private static JsonFactory factory() {
        return JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE).maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE).build())
                .build();
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeFieldName(String.valueOf(entry.getKey()));
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof Optional<?> optional) {
            write(generator, optional.orElse(null));
        } else if (value instanceof Integer || value instanceof Long) {
            generator.writeNumber(((Number) value).longValue());
        } else if (value instanceof Number number) {
            generator.writeNumber(number.doubleValue());
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value == null) {
            generator.writeNull();
        } else {
            generator.writeString(value.toString());
        }
    }
}
