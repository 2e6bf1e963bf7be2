package dev.nomadgate.pages.tomcat;

import dev.nomadgate.pages.Caller;
import jakarta.servlet.ServletContext;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.naming.NamingException;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.Realm;
import org.apache.catalina.UserDatabase;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.realm.CombinedRealm;
import org.apache.catalina.realm.NullRealm;
import org.apache.catalina.realm.UserDatabaseRealm;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;

/**
 * Tomcat 10.1 and 11. Its stock {@code server.xml} has a realm with a file of users, in which there are none; so a realm
 * counts only if it can tell of one of the gate's roles. Of realms other than that file's nobody can know before
 * somebody signs in, so these count.
 */
public final class TomcatRealm {

    private static final String RESOURCES = "org.apache.catalina.resources";

    private TomcatRealm() {
    }

    /**
     * Whether there is a realm; if there is none, the gate's roles are not asked for any more. To be called by a servlet
     * context listener.
     */
    public static boolean require(ServletContext servletContext) {
        Context context = ((WebResourceRoot) servletContext.getAttribute(RESOURCES)).getContext();
        if (grants(context.getRealm(), context)) {
            return true;
        }
        for (SecurityConstraint constraint : context.findConstraints()) {
            if (!Collections.disjoint(List.of(constraint.findAuthRoles()), Caller.ROLES)) {
                context.removeConstraint(constraint);
            }
        }
        return false;
    }

    private static boolean grants(Realm realm, Context context) {
        if (realm == null || realm instanceof NullRealm) {
            return false;
        }
        // LockOutRealm is one.
        if (realm instanceof CombinedRealm combined) {
            return Arrays.stream(combined.getNestedRealms()).anyMatch(nested -> grants(nested, context));
        }
        return !(realm instanceof UserDatabaseRealm users) || users.getLocalJndiResource() || grants(users, context);
    }

    /** A role that a user of the file has is one of the file's, listed there or not. */
    private static boolean grants(UserDatabaseRealm realm, Context context) {
        try {
            Engine engine = (Engine) context.getParent().getParent();
            UserDatabase users = (UserDatabase) engine.getService().getServer().getGlobalNamingContext()
                    .lookup(realm.getResourceName());
            return Caller.ROLES.stream().anyMatch(role -> users.findRole(role) != null);
        } catch (NamingException e) {
            // Not to be looked into; the realm itself would not have started either.
            return true;
        }
    }
}
