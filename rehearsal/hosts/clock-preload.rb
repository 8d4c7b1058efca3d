# Lets a Ruby program on a host live in rehearsed time: loaded by the machine image's `ruby`.
#
# REHEARSAL_CLOCK=1763769600000:1763769600000:60   (wall epoch ms : rehearsed epoch ms : speed)
#
# Scaled are what a program waits by: Time.now and sleep. What measures or limits work stays wall time, because work is
# not hurried: Process.clock_gettime, socket timeouts, and Timeout, which older Rubies build on sleep.
wall_origin_ms, rehearsed_origin_ms, speed = ENV.fetch('REHEARSAL_CLOCK', '0:0:1').split(':').map(&:to_f)

Time.singleton_class.prepend(Module.new do
  define_method(:now) do |**options|
    wall = super(**options)
    wall + (rehearsed_origin_ms - wall_origin_ms + ((wall.to_f * 1000) - wall_origin_ms) * (speed - 1)) / 1000
  end
end)

rehearsed_sleep = Module.new do
  define_method(:sleep) do |*seconds|
    next super(*seconds) if caller_locations(1, 1).first&.path.to_s.end_with?('/timeout.rb')

    (super(*seconds.map { |span| span && (span / speed) }) * speed).round
  end
end
Object.prepend(rehearsed_sleep)
Kernel.singleton_class.prepend(rehearsed_sleep)
