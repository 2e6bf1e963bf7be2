package dev.nomadgate.bench.peer;

import dev.nomadgate.bench.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * nginx for Nomad: what HashiCorp's recipe asks for (ip_hash, upgrades, no buffering where it streams, a read timeout
 * beyond Nomad's longest poll), and what an administrator of nginx adds to it (kept connections, larger buffers, no
 * temporary files). As many connections to Nomad are kept as the gates may have.
 */
public final class Nginx implements Peer {

    private static final String CONFIGURATION = """
            user @USER@;
            daemon off;
            worker_processes auto;
            worker_rlimit_nofile @FILES@;
            pid nginx.pid;
            error_log error.log warn;
            events { worker_connections 16384; }
            http {
              access_log off;
              client_body_temp_path temp; proxy_temp_path temp;
              fastcgi_temp_path temp; uwsgi_temp_path temp; scgi_temp_path temp;
              sendfile on;
              tcp_nopush on;
              server_tokens off;
              keepalive_timeout 360s;
              keepalive_requests 1000000;
              client_max_body_size 0;
              map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
              upstream nomad {
                ip_hash;
                server 127.0.0.1:@UPSTREAM@;
                keepalive 8192;
                keepalive_requests 1000000;
                keepalive_timeout 30s;
              }
              server {
                listen 127.0.0.1:@PORT@@SSL@ backlog=4096;
                server_name localhost;
            @TLS@
                proxy_http_version 1.1;
                proxy_set_header Host $http_host;
                proxy_set_header Connection $connection_upgrade;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_read_timeout 345s;
                proxy_send_timeout 345s;
                proxy_request_buffering off;
                proxy_buffer_size 32k;
                proxy_buffers 8 32k;
                proxy_busy_buffers_size 64k;
                proxy_max_temp_file_size 0;
                location / { proxy_pass @SCHEME@://nomad; }
                location ~ ^/v1/(client/fs/(logs|stream)/|agent/monitor|event/stream) {
                  proxy_pass @SCHEME@://nomad;
                  proxy_buffering off;
                  proxy_read_timeout 24h;
                }
                location ~ ^/v1/(client/allocation/[^/]+/exec|job/[^/]+/action)$ {
                  proxy_pass @SCHEME@://nomad;
                  proxy_buffering off;
                  proxy_buffer_size 16k;
                  proxy_read_timeout 4h;
                  proxy_send_timeout 4h;
                }
              }
            }
            """;

    private static final String TLS = """
                ssl_certificate @CERTIFICATE@;
                ssl_certificate_key @KEY@;
                ssl_protocols TLSv1.2 TLSv1.3;
                ssl_session_cache shared:tls:10m;
                ssl_session_timeout 1h;
                ssl_buffer_size 16k;
                proxy_ssl_trusted_certificate @AUTHORITY@;
                proxy_ssl_verify on;
                proxy_ssl_name localhost;
                proxy_ssl_server_name on;
                proxy_ssl_protocols TLSv1.2 TLSv1.3;
                proxy_ssl_session_reuse on;
            """;

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public boolean isJava() {
        return false;
    }

    @Override
    public List<String> command(Site site) throws IOException {
        Files.createDirectories(site.file("temp"));
        String filled = Template.fill(CONFIGURATION, Map.of(
                "SSL", site.isTls() ? " ssl" : "", "TLS", site.isTls() ? TLS : "", "FILES", Limits.openFiles()));
        Files.writeString(site.file("nginx.conf"), Template.fill(filled, site));
        return List.of("nginx", "-p", site.directory() + "/", "-e", "error.log", "-c",
                site.file("nginx.conf").toString());
    }

    @Override
    public String version(Installation installation) throws IOException, InterruptedException {
        return Commands.run(installation.bench(), "nginx", "-v").replaceFirst(".*nginx/", "");
    }
}
