package dev.nomadgate.bench.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.nomadgate.bench.report.Table.Line;
import dev.nomadgate.bench.row.Figure;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** Everything for programs: the tables, and each measurement that they were made of. */
final class Json {

    private final StringWriter text = new StringWriter();

    Json(Machine machine, List<Table> tables, Results results) throws IOException {
        try (JsonGenerator out = new JsonFactory().createGenerator(text).setPrettyPrinter(new DefaultPrettyPrinter())) {
            out.writeStartObject();
            out.writeObjectFieldStart("machine");
            for (Map.Entry<String, String> line : machine.lines().entrySet()) {
                out.writeStringField(line.getKey(), line.getValue());
            }
            out.writeEndObject();
            out.writeArrayFieldStart("tables");
            for (Table table : tables) {
                write(out, table);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("measurements");
            for (Results.Entry entry : results.entries()) {
                write(out, entry);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
    }

    private static void write(JsonGenerator out, Table table) throws IOException {
        out.writeStartObject();
        out.writeStringField("row", table.row().name());
        out.writeStringField("variant", table.variant().label());
        out.writeStringField("title", table.row().title());
        out.writeArrayFieldStart("peers");
        for (Line line : table.lines()) {
            out.writeStartObject();
            out.writeStringField("peer", line.peer());
            out.writeObjectFieldStart("figures");
            for (Map.Entry<Figure, Cell> figure : line.cells().entrySet()) {
                out.writeObjectFieldStart(figure.getKey().label());
                out.writeNumberField("median", figure.getValue().median());
                out.writeNumberField("lowest", figure.getValue().lowest());
                out.writeNumberField("highest", figure.getValue().highest());
                if (figure.getValue().hasRatio()) {
                    out.writeNumberField("ratio", figure.getValue().ratio());
                }
                out.writeEndObject();
            }
            out.writeEndObject();
            out.writeArrayFieldStart("failures");
            for (String failure : line.failures()) {
                out.writeString(failure);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Results.Entry entry) throws IOException {
        out.writeStartObject();
        out.writeNumberField("round", entry.round() + 1);
        out.writeStringField("row", entry.row());
        out.writeStringField("variant", entry.variant().label());
        out.writeStringField("peer", entry.peer());
        out.writeObjectFieldStart("figures");
        for (Map.Entry<Figure, Double> value : entry.sample().values().entrySet()) {
            out.writeNumberField(value.getKey().label(), value.getValue());
        }
        out.writeEndObject();
        if (entry.sample().failure() != null) {
            out.writeStringField("failure", entry.sample().failure());
        }
        out.writeEndObject();
    }

    @Override
    public String toString() {
        return text + "\n";
    }
}
