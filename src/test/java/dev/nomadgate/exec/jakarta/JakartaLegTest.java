package dev.nomadgate.exec.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nomadgate.exec.CloseStatus;
import dev.nomadgate.exec.Frame;
import dev.nomadgate.exec.Leg;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.EOFException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no real container can be made to do at will. */
class JakartaLegTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWriteWhoseEndIsToldTwiceEndsOnce(boolean text) {
        List<String> heard = new ArrayList<>();
        JakartaLeg leg = new JakartaLeg(new Nobody(), Runnable::run, Duration.ofSeconds(1));
        leg.onOpen(sessionThatTellsTwice(), null);

        leg.send(text ? new Frame.Text("x", true) : new Frame.Binary(ByteBuffer.allocate(1), true), new Leg.Done() {
            @Override
            public void written() {
                heard.add("written");
            }

            @Override
            public void failed(Throwable cause) {
                heard.add("failed");
            }
        });

        assertThat(heard).containsExactly("written");
        assertThat(leg.writing()).isFalse();
    }

    /** As Tomcat's does when its write and its close race. */
    private static Session sessionThatTellsTwice() {
        RemoteEndpoint.Async remote = fake(RemoteEndpoint.Async.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("send")) {
                SendHandler handler = (SendHandler) arguments[1];
                handler.onResult(new SendResult());
                handler.onResult(new SendResult(new EOFException()));
            }
            return null;
        });
        return fake(Session.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getAsyncRemote" -> remote;
            case "getUserProperties" -> new HashMap<String, Object>();
            default -> null;
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler behaviour) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, behaviour));
    }

    private static final class Nobody implements Leg.Listener {

        @Override
        public void opened(Leg leg) {
        }

        @Override
        public void frame(Frame frame, Runnable taken) {
        }

        @Override
        public void closing(CloseStatus status) {
        }

        @Override
        public void closed(CloseStatus status) {
        }
    }
}
