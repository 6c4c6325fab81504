# Razorpay on Plack and Starman, which has a fixed number of processes.
use strict;
use warnings;
use Digest::SHA qw(hmac_sha256_hex);
use IO::Socket::INET;
use JSON::PP qw(decode_json);
use Plack::Request;
use Plack::Runner;

my $secret = decode_json($ENV{SETTINGS})->{secret};

my $app = sub {
    my $request = Plack::Request->new(shift);
    return [405, [Allow => 'POST'], []] if $request->method ne 'POST';
    my $expected = hmac_sha256_hex($request->content, $secret);
    my $told = $request->header('X-Razorpay-Signature') // '';
    return [401, [], []] unless length($told) == length($expected) && $told eq $expected;
    return [200, ['Content-Type' => 'text/plain'], ['ok']];
};

my $probe = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 1) or die $!;
my $port = $probe->sockport;
close $probe;
my $server = fork // die $!;
if ($server == 0) {
    my $runner = Plack::Runner->new;
    $runner->parse_options('-s', 'Starman', '--host', '127.0.0.1', '--port', $port, '--workers', 10, '-E', 'deployment');
    open STDERR, '>', '/dev/null';
    $runner->run($app);
    exit;
}
until (IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port)) { select undef, undef, undef, 0.05 }
$| = 1;
print "$port\n";
1 while read STDIN, my $ignored, 1;
kill 'TERM', $server;
waitpid $server, 0;
