[description]
The users of the gate's own pages, at /gate/: etc/gate-realm.properties.

[depend]
security

[xml]
etc/gate-realm.xml
