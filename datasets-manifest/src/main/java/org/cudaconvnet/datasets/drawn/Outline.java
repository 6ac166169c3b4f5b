package org.cudaconvnet.datasets.drawn;

/** A plane figure given by its signed distance: negative inside, zero on the edge, in the unit of its coordinates. */
@FunctionalInterface
interface Outline {
    double distance(double x, double y);

    default Outline or(Outline other) {
        return (x, y) -> Math.min(distance(x, y), other.distance(x, y));
    }

    default Outline without(Outline other) {
        return (x, y) -> Math.max(distance(x, y), -other.distance(x, y));
    }

    static Outline disc(double centreX, double centreY, double radius) {
        return (x, y) -> Math.sqrt((x - centreX) * (x - centreX) + (y - centreY) * (y - centreY)) - radius;
    }

    /** An axis-parallel rectangle; outside a corner the distance is that to the nearer side, which is enough for anti-aliasing. */
    static Outline rectangle(double centreX, double centreY, double halfWidth, double halfHeight) {
        return (x, y) -> Math.max(Math.abs(x - centreX) - halfWidth, Math.abs(y - centreY) - halfHeight);
    }

    /** A simple polygon through the points x0, y0, x1, y1, ... */
    static Outline polygon(double... points) {
        return (x, y) -> {
            double nearest = Double.MAX_VALUE;
            boolean inside = false;
            for (int i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
                double edgeX = points[j] - points[i];
                double edgeY = points[j + 1] - points[i + 1];
                double toX = x - points[i];
                double toY = y - points[i + 1];
                double along = (toX * edgeX + toY * edgeY) / (edgeX * edgeX + edgeY * edgeY);
                along = Math.max(0, Math.min(1, along));
                double awayX = toX - edgeX * along;
                double awayY = toY - edgeY * along;
                nearest = Math.min(nearest, awayX * awayX + awayY * awayY);
                boolean crosses = points[i + 1] > y != points[j + 1] > y;
                if (crosses && toX < edgeX * toY / edgeY) {
                    inside = !inside;
                }
            }
            return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
        };
    }

    /** A star of alternating outer radius 1 and the given inner radius. */
    static Outline star(int tips, double innerRadius) {
        double[] points = new double[4 * tips];
        for (int i = 0; i < 2 * tips; i++) {
            double radius = i % 2 == 0 ? 1 : innerRadius;
            // StrictMath: the same bits on every virtual machine.
            points[2 * i] = radius * StrictMath.sin(Math.PI * i / tips);
            points[2 * i + 1] = -radius * StrictMath.cos(Math.PI * i / tips);
        }
        return polygon(points);
    }
}
