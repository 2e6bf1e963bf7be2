package dev.nomadgate.ui;

/** A page of the shape that Nomad's UI has, in our own words. */
public final class NomadsPage {

    /** As Ember writes it: the configuration in a meta tag, encoded as a URI's component. */
    public static final String TEXT = """
            <!DOCTYPE html>
            <!--
             A <head> in a comment, and an href="/ui/" in it.
            -->

            <html>
              <head>
                <meta charset="utf-8">
                <meta http-equiv="X-UA-Compatible" content="IE=edge">
                <title>Nömad</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">


            <meta name="nomad-ui/config/environment" content="%7B%22modulePrefix%22%3A%22nomad-ui%22%2C%22rootURL%22%3A%22%2Fui%2F%22%2C%22locationType%22%3A%22auto%22%2C%22APP%22%3A%7B%7D%7D" />

                <link rel="stylesheet" href="/ui/assets/vendor-1.css">
            <link rel="stylesheet" href="/ui/assets/chunk.524.c9.css"/>
                <link rel="icon" type="image/png" href="/ui/favicon.ico" />
              </head>
              <body>
                <script src="/ui/assets/vendor-2.js"></script>
            <script src="/ui/assets/chunk.261.js"></script>
                <script src="/ui/assets/nomad-ui-3.js"></script>
              </body>
            </html>
            """;

    private NomadsPage() {
    }

    /** What has to come of it below a context path that nothing in HTML or JSON escapes. */
    public static String below(String contextPath) {
        return TEXT
                .replace("  <head>\n", "  <head><script src=\"" + contextPath + "/gate/prefix.js\"></script>\n")
                .replace("=\"/ui/a", "=\"" + contextPath + "/ui/a")
                .replace("=\"/ui/f", "=\"" + contextPath + "/ui/f")
                .replace("%22%2Fui%2F%22", "%22" + contextPath.replace("/", "%2F") + "%2Fui%2F%22");
    }
}
