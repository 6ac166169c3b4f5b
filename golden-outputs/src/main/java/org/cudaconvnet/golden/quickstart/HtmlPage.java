package org.cudaconvnet.golden.quickstart;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.imageio.ImageIO;

/** A page made from a template with {@code {{name}}} places; pictures are embedded, so that the page is one file. */
final class HtmlPage {
    private String html;

    HtmlPage(String template) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(template)) {
            html = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(template, e);
        }
    }

    /** Puts markup in a place. */
    HtmlPage put(String name, String markup) {
        String place = "{{" + name + "}}";
        if (!html.contains(place)) {
            throw new IllegalArgumentException("the template has no place " + place);
        }
        html = html.replace(place, markup);
        return this;
    }

    /** Puts text in a place. */
    HtmlPage putText(String name, Object text) {
        return put(name, escape(text));
    }

    String html() {
        return html;
    }

    static String escape(Object text) {
        return String.valueOf(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** An image tag, each pixel drawn as a square of the given size. */
    static String picture(BufferedImage picture, int scale, String description) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return "<img width=\"%d\" height=\"%d\" alt=\"%s\" src=\"data:image/png;base64,%s\">".formatted(picture.getWidth() * scale,
                picture.getHeight() * scale, escape(description), Base64.getEncoder().encodeToString(png.toByteArray()));
    }
}
