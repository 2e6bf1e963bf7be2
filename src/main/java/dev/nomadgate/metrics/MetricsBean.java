package dev.nomadgate.metrics;

import java.lang.management.ManagementFactory;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanConstructorInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same figures for JMX: one MBean for each gate, with an attribute for each series. Dynamic, because its attributes come
 * and go with the servers, and because JMX then looks into no class of the web application and remembers none.
 */
final class MetricsBean implements DynamicMBean, AutoCloseable {

    private static final String DOMAIN = "dev.nomadgate";
    private static final int MOST_OF_ONE_NAME = 100;

    private final Logger log = LoggerFactory.getLogger(MetricsBean.class);
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Supplier<Map<String, Double>> series;
    private ObjectName name;

    private MetricsBean(Supplier<Map<String, Double>> series) {
        this.series = series;
    }

    /**
     * Registers one. That there is none is worth a warning, not a gate.
     *
     * @param host the name that the container has for the virtual host, or null
     * @param contextPath empty for the root
     */
    static MetricsBean register(Metrics metrics, String host, String contextPath) {
        MetricsBean bean = new MetricsBean(() -> Series.of(metrics.scrape()));
        try {
            bean.register(host, contextPath);
        } catch (JMException | RuntimeException e) {
            bean.log.warn("There are no metrics in JMX: {}", e.toString());
        }
        return bean;
    }

    private void register(String host, String contextPath) throws JMException {
        Hashtable<String, String> keys = new Hashtable<>();
        keys.put("type", "Gate");
        keys.put("context", ObjectName.quote(contextPath + "/"));
        if (host != null) {
            keys.put("host", ObjectName.quote(host));
        }
        // Where a container does not tell its hosts apart, or one gate ends while the next begins.
        for (int number = 1; name == null; number++) {
            if (number > 1) {
                keys.put("number", Integer.toString(number));
            }
            ObjectName next = new ObjectName(DOMAIN, keys);
            try {
                name = server.registerMBean(this, next).getObjectName();
            } catch (InstanceAlreadyExistsException e) {
                if (number == MOST_OF_ONE_NAME) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        if (name == null) {
            return;
        }
        try {
            server.unregisterMBean(name);
        } catch (JMException e) {
            log.warn("The MBean {} could not be taken back: {}", name, e.toString());
        }
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        Double value = series.get().get(attribute);
        if (value == null) {
            throw new AttributeNotFoundException("There is no series " + attribute);
        }
        return value;
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        Map<String, Double> now = series.get();
        AttributeList found = new AttributeList();
        for (String attribute : attributes) {
            if (now.containsKey(attribute)) {
                found.add(new Attribute(attribute, now.get(attribute)));
            }
        }
        return found;
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes = series.get().keySet().stream().map(attribute -> new MBeanAttributeInfo(
                attribute, Double.class.getName(), "src/docs/metrics.md tells what it counts", true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(MetricsBean.class.getName(), "The metrics of one nomad-gate", attributes,
                new MBeanConstructorInfo[0], new MBeanOperationInfo[0], new MBeanNotificationInfo[0]);
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException("Metrics can only be read");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException("Metrics can only be read");
    }
}
