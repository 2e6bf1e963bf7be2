package dev.nomadgate.bench.row;

import dev.nomadgate.bench.Variant;
import dev.nomadgate.bench.row.LoadRow.Kind;
import java.util.ArrayList;
import java.util.List;

/** All rows, in the order in which they are shown. */
public final class Rows {

    private static final List<Variant> PLAIN = List.of(Variant.PLAIN);
    private static final List<Variant> BOTH = List.of(Variant.values());

    public static final List<Integer> GROWTH = List.of(10, 100, 1000, 5000);

    private Rows() {
    }

    public static List<Row> all(Effort effort) {
        List<Row> rows = new ArrayList<>(List.of(
                new LoadRow("small", "Answers of 1 KiB over 32 connections", Works.small(), BOTH, Kind.STEADY),
                new LoadRow("download-1m", "Downloads of 1 MiB over 8 connections",
                        Works.download(8, 1), BOTH, Kind.BULK),
                new LoadRow("upload-1m", "Uploads of 1 MiB over 8 connections",
                        Works.upload(8, 1), BOTH, Kind.BULK),
                new LoadRow("download-1g", "A download of 1 GiB", Works.download(1, 1024), PLAIN, Kind.ONCE),
                new LoadRow("upload-1g", "An upload of 1 GiB", Works.upload(1, 1024), PLAIN, Kind.ONCE),
                new LogLineRow(),
                new LoadRow("echo", "Echo of a frame of 128 bytes over 64 sessions", Works.echo(), BOTH, Kind.STEADY),
                new LoadRow("flood", "Terminal output over 4 sessions", Works.flood(), PLAIN, Kind.BULK),
                new LoadRow("open-close", "Sessions opened and closed, 16 at once",
                        Works.openClose(), BOTH, Kind.STEADY),
                new IdleSessionsRow(),
                new LongPollsRow(),
                SlowReaderRow.download(),
                SlowReaderRow.terminal(),
                new ColdStartRow()));
        growth(rows, "growth-small", "Answers of 1 KiB", Works.small(), effort);
        growth(rows, "growth-echo", "Echo of a frame of 128 bytes", Works.echo(), effort);
        cores(rows, "cores-small", "Answers of 1 KiB over 32 connections", Works.small());
        cores(rows, "cores-echo", "Echo of a frame of 128 bytes over 64 sessions", Works.echo());
        return rows;
    }

    private static void growth(List<Row> rows, String name, String title, Work work, Effort effort) {
        for (int clients : GROWTH) {
            if (clients <= effort.mostClients()) {
                rows.add(new LoadRow(name + "-" + clients, title + ", " + clients + " at once", work.with(clients),
                        PLAIN, Kind.GROWTH));
            }
        }
    }

    private static void cores(List<Row> rows, String name, String title, Work work) {
        for (String processors : List.of("0", "0-1")) {
            LoadRow row = new LoadRow(name, title, work, PLAIN, Kind.GROWTH);
            rows.add(new PinnedRow(name + (processors.equals("0") ? "-1" : "-2"), processors, row));
        }
    }
}
