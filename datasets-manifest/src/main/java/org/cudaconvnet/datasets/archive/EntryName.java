package org.cudaconvnet.datasets.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Names of entries: relative paths that stay inside the archive. */
final class EntryName {
    private EntryName() {
    }

    /** The name without "." components; names that could lead elsewhere when taken as a path are refused. */
    static String checked(String name) throws IOException {
        if (name.startsWith("/") || name.matches("[A-Za-z]:.*") || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            throw new IOException("name of the entry is not a relative path");
        }
        List<String> components = new ArrayList<>();
        for (String component : name.split("/")) {
            if (component.equals("..")) {
                throw new IOException("name of the entry leads out of the archive");
            }
            if (!component.isEmpty() && !component.equals(".")) {
                components.add(component);
            }
        }
        return String.join("/", components);
    }
}
