// Puts the gate's context path in front of what Nomad's UI asks for while it runs.
