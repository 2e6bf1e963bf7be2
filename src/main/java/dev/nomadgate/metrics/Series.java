package dev.nomadgate.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Metrics as names and numbers, for readers that know neither labels nor histograms. */
final class Series {

    private Series() {
    }

    /**
     * Each series by its name in Prometheus, with its labels behind it but without quotes:
     * {@code nomad_gate_requests_total{class=api,status=2xx}}. Of a histogram count and sum.
     */
    static Map<String, Double> of(MetricSnapshots snapshots) {
        Map<String, Double> series = new LinkedHashMap<>();
        for (MetricSnapshot snapshot : snapshots) {
            String name = snapshot.getMetadata().getPrometheusName();
            for (DataPointSnapshot point : snapshot.getDataPoints()) {
                String labels = labels(point);
                if (point instanceof CounterSnapshot.CounterDataPointSnapshot counter) {
                    series.put(name + "_total" + labels, counter.getValue());
                } else if (point instanceof GaugeSnapshot.GaugeDataPointSnapshot gauge) {
                    series.put(name + labels, gauge.getValue());
                } else if (point instanceof HistogramSnapshot.HistogramDataPointSnapshot histogram) {
                    series.put(name + "_count" + labels, (double) histogram.getCount());
                    series.put(name + "_sum" + labels, histogram.getSum());
                }
            }
        }
        return series;
    }

    private static String labels(DataPointSnapshot point) {
        return point.getLabels().isEmpty() ? "" : point.getLabels().stream().map(Series::text)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String text(Label label) {
        return label.getName() + "=" + label.getValue();
    }
}
